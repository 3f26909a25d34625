import { createRandom } from '@blemish/layers';
import { UsageError } from './errors.js';

/** Training images in two parts, each in the order it came. */
export interface HeldOut<F> {
  readonly train: readonly F[];
  readonly validation: readonly F[];
}

/**
 * Checks how many images are to be kept out.
 *
 * @throws UsageError when nothing would be left to train on
 */
export function checkHoldOut(count: number, available: number): void {
  if (count > 0 && count >= available) throw new UsageError(`--hold-out: expected fewer than the ${available} good images, got ${count}`);
}

/**
 * Keeps `count` images out of training, chosen by the seed.
 *
 * @throws UsageError when nothing would be left to train on
 */
export function holdOut<F>(files: readonly F[], count: number, seed: number): HeldOut<F> {
  checkHoldOut(count, files.length);
  const chosen = new Set(createRandom(seed).derive('hold out').permutation(files.length).subarray(0, count));
  return {
    train: files.filter((_, i) => !chosen.has(i)),
    validation: files.filter((_, i) => chosen.has(i)),
  };
}
