import { createRandom } from '@blemish/layers';

/** What is trained on, and what is held out: indices of good images, in ascending order. */
export interface ImageSplit {
  readonly train: readonly number[];
  readonly heldOut: readonly number[];
}

/**
 * Divides images by the seed.
 *
 * @param kept images that are held out, at most `count`
 */
export function splitImages(kept: number, seed: number, count: number): ImageSplit {
  const order = createRandom(seed).derive('held out').permutation(count);
  const heldOut = new Set(order.subarray(0, kept));
  const all = Array.from({ length: count }, (_, index) => index);
  return { train: all.filter((index) => !heldOut.has(index)), heldOut: all.filter((index) => heldOut.has(index)) };
}
