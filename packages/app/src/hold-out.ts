import { createRandom } from '@blemish/layers';

/** Training images in two parts, each in the order it came. */
export interface HeldOut<F> {
  readonly train: readonly F[];
  readonly validation: readonly F[];
}

/**
 * Keeps `count` images out of training, chosen by the seed.
 *
 * @throws Error when nothing would be left to train on
 */
export function holdOut<F>(files: readonly F[], count: number, seed: number): HeldOut<F> {
  if (count >= files.length && count > 0) {
    throw new Error(`--hold-out: expected fewer than the ${files.length} good images, got ${count}`);
  }
  const chosen = new Set(createRandom(seed).derive('hold out').permutation(files.length).subarray(0, count));
  return {
    train: files.filter((_, i) => !chosen.has(i)),
    validation: files.filter((_, i) => chosen.has(i)),
  };
}
