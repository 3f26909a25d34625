import type { Paint, PartModel } from './part-model.js';
import { toTable, type Scene } from './scene.js';
import { paintPart, putPaint, type SurfaceField } from './surface-field.js';

const { ceil, floor, max, min } = Math;

/** Lower than this, in millimetres above the table, nothing is changed: what is left of a part always stands out of the table. */
export const leastHeight = 8.5;

/** A defect of one part, at part coordinates in millimetres. What is absent stays as it is. */
export interface Flaw {
  /** A circle that holds it. */
  readonly u: number;
  readonly v: number;
  readonly radius: number;
  /** Height at a point whose good height is `height`. */
  height?(u: number, v: number, height: number): number;
  /** Coverage with ink, given that of the good part anywhere. */
  print?(u: number, v: number, good: (u: number, v: number) => number): number;
  /** Changes the paint of a point. */
  paint?(u: number, v: number, paint: Paint): void;
}

/** A field with a flaw in it; arrays that it does not change are shared with the good one. */
export function applyFlaw(field: SurfaceField, part: PartModel, scene: Scene, flaw: Flaw): SurfaceField {
  const { count, cell, left } = field;
  const isPainted = flaw.paint !== undefined || flaw.print !== undefined;
  const changed = {
    ...field,
    ...(flaw.height && { heights: field.heights.slice() }),
    ...(isPainted && { colours: field.colours.slice(), gloss: field.gloss.slice() }),
  };
  const paint: Paint = { red: 0, green: 0, blue: 0, gloss: 0 };
  const { x: px, y: py, cosine, sine } = scene.place;
  const [centreX, centreY] = toTable(scene, flaw.u, flaw.v);
  const from = (centre: number): number => max(0, floor((centre - flaw.radius - left) / cell));
  const to = (centre: number): number => min(count - 1, ceil((centre + flaw.radius - left) / cell));
  for (let i = from(centreY); i <= to(centreY); i++)
    for (let j = from(centreX); j <= to(centreX); j++) {
      const at = i * count + j;
      const good = field.heights[at] as number;
      if (good <= leastHeight) continue;
      const [dx, dy] = [left + j * cell - px, left + i * cell - py];
      const [u, v] = [dx * cosine + dy * sine, dy * cosine - dx * sine];
      if (flaw.height) changed.heights[at] = max(leastHeight, flaw.height(u, v, good));
      if (!isPainted) continue;
      paintPart(part, scene, u, v, flaw.print ? flaw.print(u, v, part.print) : part.print(u, v), paint);
      flaw.paint?.(u, v, paint);
      putPaint(changed, at, paint);
    }
  return changed;
}
