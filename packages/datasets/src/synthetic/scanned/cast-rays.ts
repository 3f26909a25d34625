import type { Scene } from './scene.js';
import type { SurfaceField } from './surface-field.js';

const { ceil, max, sqrt } = Math;

/** Casts rays from the camera onto a field: the depth z, in millimetres, at which the ray (rx, ry, 1) meets it. */
export type Caster = (rx: number, ry: number) => number;

/** Pixels from (left, top) up to, not including, (right, bottom). */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Steps of one cell through the layer that holds the part, then the crossing of the two lines; surfaces are bilinear between
 * cells. What hides behind an edge stays hidden. A ray within the picture never leaves the field, which reaches three cells
 * further on every side.
 *
 * @param radius of a circle around the part's place outside which there is only table
 */
export function createCaster(field: SurfaceField, { axes: [ex, ey, eh], eye, place }: Scene, radius: number): Caster {
  const { count, cell, left, top, heights } = field;

  /** At a point given in cells. */
  function heightAt(column: number, row: number): number {
    const j = column | 0;
    const i = row | 0;
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
    const endX = eye[0] + far * dx - place.x;
    const endY = eye[1] + far * dy - place.y;
    const reach = radius + run;
    if (endX * endX + endY * endY > reach * reach) return far;
    const steps = ceil(run / cell) + 1;
    const column = (eye[0] + near * dx - left) / cell;
    const row = (eye[1] + near * dy - left) / cell;
    const columnStep = ((far - near) * dx) / cell / steps;
    const rowStep = ((far - near) * dy) / cell / steps;
    let gapBefore = top - heightAt(column, row);
    for (let k = 1; k <= steps; k++) {
      const gap = top * (1 - k / steps) - heightAt(column + k * columnStep, row + k * rowStep);
      if (gap <= 0) return near + ((far - near) * (k - 1 + gapBefore / max(1e-9, gapBefore - gap))) / steps;
      gapBefore = gap;
    }
    return far;
  };
}

/** Depth at each pixel's centre within a window, written into [size,size], in millimetres. */
export function castDepth(cast: Caster, { size, focal }: Scene, { left, top, right, bottom }: Window, depth: Float32Array): void {
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) depth[y * size + x] = cast((x + 0.5 - size / 2) / focal, (y + 0.5 - size / 2) / focal);
}

/** Light at each pixel within a window, the mean of four rays, written into [size,size,3]. */
export function castLight(cast: Caster, field: SurfaceField, cells: Float32Array, scene: Scene, { left, top, right, bottom }: Window, light: Float32Array): void {
  const { size, focal, axes: [ex, ey], eye } = scene;
  const { count, cell, left: origin } = field;
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      let [red, green, blue] = [0, 0, 0];
      for (let k = 0; k < 4; k++) {
        const rx = (x + (k & 1 ? 0.75 : 0.25) - size / 2) / focal;
        const ry = (y + (k & 2 ? 0.75 : 0.25) - size / 2) / focal;
        const t = cast(rx, ry);
        const j = ((eye[0] + t * (rx * ex[0] + ry * ex[1] + ex[2]) - origin) / cell + 0.5) | 0;
        const i = ((eye[1] + t * (rx * ey[0] + ry * ey[1] + ey[2]) - origin) / cell + 0.5) | 0;
        const at = (i * count + j) * 3;
        red += cells[at] as number;
        green += cells[at + 1] as number;
        blue += cells[at + 2] as number;
      }
      const at = (y * size + x) * 3;
      light[at] = red / 4;
      light[at + 1] = green / 4;
      light[at + 2] = blue / 4;
    }
}
