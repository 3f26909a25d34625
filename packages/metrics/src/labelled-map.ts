import { firstNotFinite } from './first-not-finite.js';
import type { Scores } from './scores.js';

/** One test image's anomaly map and its ground truth, at the same size. */
export interface LabelledMap {
  /** [H*W] row by row; larger is more anomalous. */
  readonly map: Scores;
  /** [H*W] row by row; 0 good, anything else defect. A good image's mask is all 0. */
  readonly mask: Uint8Array;
  /** Height and width. */
  readonly shape: readonly [number, number];
}

/** Throws unless a map is finite and of its mask's size. `image` is its index. */
export function checkMap(metric: string, { map, mask, shape: [height, width] }: LabelledMap, image: number): void {
  const size = height * width;
  if (map.length !== size) throw new Error(`${metric}: image ${image}: expected ${height} x ${width} scores, got ${map.length}`);
  if (mask.length !== size) throw new Error(`${metric}: image ${image}: expected ${height} x ${width} mask values, got ${mask.length}`);
  const wrong = firstNotFinite(map);
  if (wrong >= 0) throw new Error(`${metric}: image ${image}: expected finite scores, got ${map[wrong]} at index ${wrong}`);
}

/** Throws unless images have both good and defective pixels. */
export function checkPixels(metric: string, images: number, good: number, defective: number): void {
  const total = good + defective;
  if (total === 0) throw new Error(`${metric}: expected maps and masks, got ${images} images without a pixel`);
  if (defective === 0) throw new Error(`${metric}: undefined without a defect: the masks of all ${images} images are empty`);
  if (good === 0) throw new Error(`${metric}: undefined without a good pixel: all ${total} pixels of ${images} images are defect`);
}
