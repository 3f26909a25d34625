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

/** Throws unless every map is finite and of its mask's size, and good and defective pixels occur; returns how many there are. */
export function checkMaps(metric: string, images: readonly LabelledMap[]): { defective: number; good: number } {
  let defective = 0;
  let total = 0;
  images.forEach(({ map, mask, shape }, image) => {
    const [height, width] = shape;
    const size = height * width;
    if (map.length !== size) throw new Error(`${metric}: image ${image}: expected ${height} x ${width} scores, got ${map.length}`);
    if (mask.length !== size) throw new Error(`${metric}: image ${image}: expected ${height} x ${width} mask values, got ${mask.length}`);
    for (let i = 0; i < size; i++) {
      const score = map[i] as number;
      if (score - score !== 0) throw new Error(`${metric}: image ${image}: expected finite scores, got ${score} at index ${i}`); // NaN, Infinity
      if (mask[i] !== 0) defective++;
    }
    total += size;
  });
  if (total === 0) throw new Error(`${metric}: expected maps and masks, got ${images.length} images without a pixel`);
  if (defective === 0) throw new Error(`${metric}: undefined without a defect: the masks of all ${images.length} images are empty`);
  if (defective === total) throw new Error(`${metric}: undefined without a good pixel: all ${total} pixels of ${images.length} images are defect`);
  return { defective, good: total - defective };
}
