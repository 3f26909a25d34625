import { mersenneTwister } from './mersenne-twister.js';

/**
 * `np.random.seed(seed); np.random.permutation(count)`. The official AST draws the permutation before block k so, with
 * seed k, and does not keep it in its checkpoints.
 *
 * @param seed an integer in [0, 2^32)
 */
export function numpyPermutation(seed: number, count: number): Int32Array {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new Error(`numpyPermutation: expected a seed from 0 to 2^32 - 1, got ${seed}`);
  }
  const draw = mersenneTwister(seed);
  const order = Int32Array.from({ length: count }, (_, i) => i);
  // Fisher and Yates' shuffle as numpy's legacy generator does it: masked to the bits of i, drawn again where too large.
  for (let i = count - 1; i > 0; i--) {
    const mask = 2 ** (32 - Math.clz32(i)) - 1;
    let j = (draw() & mask) >>> 0;
    while (j > i) j = (draw() & mask) >>> 0;
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}
