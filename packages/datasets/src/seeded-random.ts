/** A stream of draws that its seed alone determines. */
export interface SeededRandom {
  /** Uniform in [low, high). */
  uniform(low?: number, high?: number): number;
  /** A whole number from 0 to `count` - 1. */
  below(count: number): number;
  /** A unit vector, every direction alike. */
  direction(): [x: number, y: number];
  /** 0 to `count` - 1 in a random order. */
  permutation(count: number): number[];
}

/**
 * Only sums, products and square roots, which IEEE 754 fixes to the bit: sines, powers and logarithms differ between
 * engines. Draws from a counter run through a mixing function of 32 bits, one stream for each list of keys: adding a picture to a
 * set does not change the others.
 *
 * @param keys whole numbers, such as the seed and a picture's index
 */
export function seededRandom(...keys: readonly number[]): SeededRandom {
  let state = 0x6a09e667;
  for (const key of keys) state = mix(state ^ mix((key >>> 0) + 0x9e3779b9)) ^ mix(Math.floor(key / 2 ** 32) + 1);

  function uniform(low = 0, high = 1): number {
    state = (state + 0x9e3779b9) | 0;
    return low + (high - low) * ((mix(state) >>> 0) / 2 ** 32);
  }
  const below = (count: number): number => Math.floor(uniform() * count);

  return {
    uniform,
    below,
    direction: () => {
      for (;;) {
        const [x, y] = [uniform(-1, 1), uniform(-1, 1)];
        const square = x * x + y * y;
        if (square > 0.01 && square <= 1) return [x / Math.sqrt(square), y / Math.sqrt(square)];
      }
    },
    permutation: (count) => {
      const order = Array.from({ length: count }, (_, i) => i);
      for (let i = count - 1; i > 0; i--) {
        const j = below(i + 1);
        [order[i], order[j]] = [order[j] as number, order[i] as number];
      }
      return order;
    },
  };
}

/** Spreads 32 bits: xor-shifts and odd multipliers, so that near counters give far values. */
function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}
