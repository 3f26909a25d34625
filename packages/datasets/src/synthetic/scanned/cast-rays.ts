import type { Scene } from './scene.js';
import type { SurfaceField } from './surface-field.js';

const { ceil, floor, max, min, sqrt } = Math;

/** Casts rays from the camera onto a field: the depth z, in millimetres, at which the ray (rx, ry, 1) meets it. */
export type Caster = (rx: number, ry: number) => number;

/**
 * Steps of one cell through the layer that holds the part, then the crossing of the two lines; surfaces are bilinear between
 * cells. What hides behind an edge stays hidden.
 *
 * @param radius of a circle around the part's place outside which there is only table
 */
export function createCaster(field: SurfaceField, { axes: [ex, ey, eh], eye, place }: Scene, radius: number): Caster {
  const { count, cell, left, heights } = field;
  let top = 1e-3;
  for (let i = 0; i < heights.length; i++) top = max(top, heights[i] as number);
  top += 1e-3;

  function heightAt(x: number, y: number): number {
    const [column, row] = [(x - left) / cell, (y - left) / cell];
    const j = min(count - 2, max(0, floor(column)));
    const i = min(count - 2, max(0, floor(row)));
    const at = i * count + j;
    const s = column - j;
    const upper = (heights[at] as number) * (1 - s) + (heights[at + 1] as number) * s;
    const lower = (heights[at + count] as number) * (1 - s) + (heights[at + count + 1] as number) * s;
    return upper + (lower - upper) * (row - i);
  }

  return (rx, ry) => {
    const dx = rx * ex[0] + ry * ex[1] + ex[2];
    const dy = rx * ey[0] + ry * ey[1] + ey[2];
    const dh = rx * eh[0] + ry * eh[1] + eh[2];
    const far = -eye[2] / dh;
    const near = (top - eye[2]) / dh;
    const run = (far - near) * sqrt(dx * dx + dy * dy);
    const [endX, endY] = [eye[0] + far * dx - place.x, eye[1] + far * dy - place.y];
    const reach = radius + run;
    if (endX * endX + endY * endY > reach * reach) return far;
    const steps = ceil(run / cell) + 1;
    let before = near;
    let gapBefore = top - heightAt(eye[0] + near * dx, eye[1] + near * dy);
    for (let k = 1; k <= steps; k++) {
      const t = near + ((far - near) * k) / steps;
      const gap = top * (1 - k / steps) - heightAt(eye[0] + t * dx, eye[1] + t * dy);
      if (gap <= 0) return before + ((t - before) * gapBefore) / max(1e-9, gapBefore - gap);
      before = t;
      gapBefore = gap;
    }
    return far;
  };
}

/** Depth at each pixel's centre, [size,size], in millimetres. */
export function castDepth(cast: Caster, { size, focal }: Scene): Float32Array {
  const depth = new Float32Array(size * size);
  for (let y = 0, pixel = 0; y < size; y++)
    for (let x = 0; x < size; x++, pixel++) depth[pixel] = cast((x + 0.5 - size / 2) / focal, (y + 0.5 - size / 2) / focal);
  return depth;
}

/** Light at each pixel, [size,size,3]: the mean of four rays. */
export function castLight(cast: Caster, field: SurfaceField, light: Float32Array, { size, focal, axes: [ex, ey], eye }: Scene): Float32Array {
  const { count, cell, left } = field;
  const sum = new Float32Array(size * size * 3);
  for (let y = 0, pixel = 0; y < size; y++)
    for (let x = 0; x < size; x++, pixel++)
      for (let k = 0; k < 4; k++) {
        const rx = (x + (k & 1 ? 0.75 : 0.25) - size / 2) / focal;
        const ry = (y + (k & 2 ? 0.75 : 0.25) - size / 2) / focal;
        const t = cast(rx, ry);
        const column = (eye[0] + t * (rx * ex[0] + ry * ex[1] + ex[2]) - left) / cell;
        const row = (eye[1] + t * (rx * ey[0] + ry * ey[1] + ey[2]) - left) / cell;
        const j = min(count - 1, max(0, floor(column + 0.5)));
        const i = min(count - 1, max(0, floor(row + 0.5)));
        const at = (i * count + j) * 3;
        sum[pixel * 3] = (sum[pixel * 3] as number) + 0.25 * (light[at] as number);
        sum[pixel * 3 + 1] = (sum[pixel * 3 + 1] as number) + 0.25 * (light[at + 1] as number);
        sum[pixel * 3 + 2] = (sum[pixel * 3 + 2] as number) + 0.25 * (light[at + 2] as number);
      }
  return sum;
}
