import type { Window } from './cast-rays.js';
import type { Scene } from './scene.js';
import type { SurfaceField } from './surface-field.js';

const { ceil, floor, max, min } = Math;

/**
 * The pixels whose rays may meet cells in which two arrays of a field differ, whatever height they meet them at; none where
 * the arrays are the same.
 *
 * @param depth values a cell
 */
export function seenWindow(field: SurfaceField, one: Float32Array, other: Float32Array, depth: number, scene: Scene): Window {
  const { count } = field;
  let [left, top, right, bottom] = [count, count, -1, -1];
  for (let i = 0, at = 0; i < count; i++)
    for (let j = 0; j < count; j++)
      for (let c = 0; c < depth; c++, at++) {
        if (one[at] === other[at]) continue;
        left = min(left, j);
        right = max(right, j);
        top = min(top, i);
        bottom = max(bottom, i);
      }
  if (right < 0) return { left: 0, top: 0, right: 0, bottom: 0 };
  return project(field, scene, left - 2, top - 2, right + 2, bottom + 2);
}

/** Where the camera sees a box over these cells, from the table to the field's top. */
function project(field: SurfaceField, { size, focal, axes: [ex, ey, eh], eye }: Scene, left: number, top: number, right: number, bottom: number): Window {
  let [lowX, lowY, highX, highY] = [size, size, 0, 0];
  for (const column of [left, right])
    for (const row of [top, bottom])
      for (const height of [0, field.top]) {
        // From the camera, in the table's frame, then in its own.
        const [x, y, h] = [field.left + column * field.cell - eye[0], field.left + row * field.cell - eye[1], height - eye[2]];
        const scale = focal / (x * ex[2] + y * ey[2] + h * eh[2]);
        const px = (x * ex[0] + y * ey[0] + h * eh[0]) * scale + size / 2;
        const py = (x * ex[1] + y * ey[1] + h * eh[1]) * scale + size / 2;
        [lowX, highX] = [min(lowX, px), max(highX, px)];
        [lowY, highY] = [min(lowY, py), max(highY, py)];
      }
  const within = (pixel: number): number => min(size, max(0, pixel));
  return { left: within(floor(lowX) - 1), top: within(floor(lowY) - 1), right: within(ceil(highX) + 1), bottom: within(ceil(highY) + 1) };
}
