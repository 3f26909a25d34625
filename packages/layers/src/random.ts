import { absorb, mix, type Key } from './random-key.js';

/**
 * A stream of random numbers that is the same on every platform: xoshiro128** 1.1 (Blackman and Vigna 2018), whose
 * 128 bits of state come from the seed and the labels it was derived by.
 */
export interface Random {
  /** The next 32 bits, as an integer in [0, 2^32). */
  uint32(): number;
  /** `count` float32 values uniform in [low, high). */
  uniform(low: number, high: number, count: number): Float32Array;
  /**
   * `count` float32 values of a normal distribution, by Marsaglia's polar method (1964). The logarithm in it is the
   * platform's own: a last bit may differ where that one rounds otherwise.
   */
  normal(mean: number, deviation: number, count: number): Float32Array;
  /** 0 ... count - 1 in random order, every order equally likely. */
  permutation(count: number): Int32Array;
  /**
   * An independent stream for one purpose. It depends on the seed and the labels alone, not on what was drawn before, so
   * that a resumed run derives the same streams again. A number stands for its decimal digits.
   */
  derive(label: string | number): Random;
}

/**
 * The root stream of a run.
 *
 * @param seed an integer in [0, 2^53)
 * @throws Error if the seed is no such integer
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`seed: expected an integer from 0 to 2^53 - 1, got ${seed}`);
  return fromKey(mix(absorb(absorb([0, 0, 0, 0], seed >>> 0), Math.floor(seed / 2 ** 32))));
}

function fromKey(key: Key): Random {
  const uint32 = xoshiro128(key);
  return {
    uint32,
    uniform(low, high, count) {
      const values = new Float32Array(count);
      for (let i = 0; i < count; i++) values[i] = low + ((high - low) * uint32()) / 2 ** 32;
      // Rounding to float32 may reach `high` itself; the largest float32 below it is what was meant.
      const top = below(high);
      if (low < high) for (let i = 0; i < count; i++) if ((values[i] as number) >= high) values[i] = top;
      return values;
    },
    normal(mean, deviation, count) {
      // Notation: (a, b): a point in the unit disc, s: its squared distance from the centre; a f and b f are normal.
      const values = new Float32Array(count);
      const side = (): number => (2 * uint32() + 1) / 2 ** 32 - 1; // never 0, uniform in (-1, 1)
      for (let i = 0; i < count; ) {
        const [a, b] = [side(), side()];
        const s = a * a + b * b;
        if (s >= 1) continue;
        const f = deviation * Math.sqrt((-2 * Math.log(s)) / s);
        values[i++] = mean + a * f;
        if (i < count) values[i++] = mean + b * f;
      }
      return values;
    },
    permutation(count) {
      const order = Int32Array.from({ length: count }, (_, i) => i);
      for (let i = count - 1; i > 0; i--) {
        const j = below32(uint32, i + 1);
        const kept = order[i] as number;
        order[i] = order[j] as number;
        order[j] = kept;
      }
      return order;
    },
    derive(label) {
      const text = String(label);
      let derived = absorb(key, text.length);
      for (let i = 0; i < text.length; i++) derived = absorb(derived, text.charCodeAt(i));
      return fromKey(mix(derived));
    },
  };
}

/** The generator itself, over a state of four words that are not all zero. */
export function xoshiro128(state: Key): () => number {
  let [a, b, c, d] = state;
  return () => {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
}

/** An integer in [0, bound), without bias: draws from the incomplete last interval are thrown away. */
function below32(uint32: () => number, bound: number): number {
  const limit = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const draw = uint32();
    if (draw < limit) return draw % bound;
  }
}

/** The largest float32 below `value`. */
function below(value: number): number {
  const float = new Float32Array([value]);
  if ((float[0] as number) < value) return float[0] as number;
  const bits = new Int32Array(float.buffer);
  if (float[0] === 0) return -(2 ** -149);
  bits[0] = (bits[0] as number) + ((float[0] as number) > 0 ? -1 : 1);
  return float[0] as number;
}
