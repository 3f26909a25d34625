import { valueNoise } from '../value-noise.js';
import type { Paint, PartModel } from './part-model.js';
import { reachOf, toPart, type Scene } from './scene.js';

const { ceil, max } = Math;

/** Cells across a pixel of the table. */
const cellsPerPixel = 4 / 3;

/** More than any defect adds to a part's height, in millimetres. */
const headroom = 4;

/** Table and part as square cells of the table's frame, row by row: cell (i, j) lies at (left + j cell, left + i cell). */
export interface SurfaceField {
  /** Cells along an edge. */
  readonly count: number;
  /** Edge of a cell, and x and y of the first, in millimetres. */
  readonly cell: number;
  readonly left: number;
  /** No part reaches higher, in millimetres, whatever sticks to it. */
  readonly top: number;
  /** Above the table, in millimetres. */
  readonly heights: Float32Array;
  /** Red, green and blue of each cell as {@link Paint}, side by side. */
  readonly colours: Float32Array;
  readonly gloss: Float32Array;
}

/** Lays a good part on the table. */
export function layField(part: PartModel, scene: Scene): SurfaceField {
  const cell = part.view / scene.size / cellsPerPixel;
  const half = reachOf(scene) + 3 * cell;
  const count = ceil((2 * half) / cell) + 1;
  const field = {
    count,
    cell,
    left: -half,
    heights: new Float32Array(count * count),
    colours: new Float32Array(count * count * 3),
    gloss: new Float32Array(count * count),
  };
  const paint: Paint = { red: 0, green: 0, blue: 0, gloss: 0 };
  let highest = 0;
  for (let i = 0, at = 0; i < count; i++) {
    for (let j = 0; j < count; j++, at++) {
      const [x, y] = [j * cell - half, i * cell - half];
      const [u, v] = toPart(scene, x, y);
      const height = u * u + v * v < part.radius * part.radius ? max(0, part.height(u, v)) : 0;
      field.heights[at] = height;
      highest = max(highest, height);
      if (height > 0) paintPart(part, scene, u, v, part.print(u, v), paint);
      else paintTable(scene, x, y, paint);
      putPaint(field, at, paint);
    }
  }
  return { ...field, top: highest + headroom };
}

/** The part's surface under this much ink. */
export function paintPart(part: PartModel, { texture }: Scene, u: number, v: number, print: number, paint: Paint): void {
  part.paint(u, v, texture, paint);
  if (print === 0) return;
  const [red, green, blue] = part.ink;
  paint.red += (red - paint.red) * print;
  paint.green += (green - paint.green) * print;
  paint.blue += (blue - paint.blue) * print;
  paint.gloss *= 1 - 0.7 * print;
}

/** Writes a cell's paint. */
export function putPaint({ colours, gloss }: Pick<SurfaceField, 'colours' | 'gloss'>, at: number, paint: Paint): void {
  colours[at * 3] = paint.red;
  colours[at * 3 + 1] = paint.green;
  colours[at * 3 + 2] = paint.blue;
  gloss[at] = paint.gloss;
}

/** A dark rubber mat. */
function paintTable({ texture }: Scene, x: number, y: number, paint: Paint): void {
  const light = 0.8 + 0.4 * valueNoise(texture ^ 7, x * 0.9, y * 0.9);
  paint.red = 0.036 * light;
  paint.green = 0.048 * light;
  paint.blue = 0.052 * light;
  paint.gloss = 0.02;
}
