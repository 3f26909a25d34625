import { createRandom } from '@blemish/layers';

/** Indices of good images, in ascending order. */
export interface SplitImages {
  readonly train: readonly number[];
  /** What scores are normalised on. */
  readonly heldOut: readonly number[];
}

/**
 * Divides images by the seed: at least one is held out, and one trained on.
 *
 * @param share of the images that is held out, in (0,1)
 * @throws Error for fewer than 2 images
 */
export function splitImages(share: number, seed: number, count: number): SplitImages {
  if (count < 2) throw new Error(`fit: expected at least 2 good images, one of them to hold out, got ${count}`);
  const kept = Math.min(count - 1, Math.max(1, Math.round(share * count)));
  const order = createRandom(seed).derive('held out').permutation(count);
  const heldOut = new Set(order.subarray(0, kept));
  const all = Array.from({ length: count }, (_, index) => index);
  return { train: all.filter((index) => !heldOut.has(index)), heldOut: all.filter((index) => heldOut.has(index)) };
}
