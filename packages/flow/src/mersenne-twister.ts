// Notation: n words of state, of which word i + m is mixed into word i (Matsumoto and Nishimura 1998, MT19937).
const n = 624;
const m = 397;

/**
 * The generator MT19937, seeded by one number as the authors' `init_genrand`.
 *
 * @param seed 32 bits
 * @returns draws of 32 bits, as integers in [0, 2^32)
 */
export function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(n);
  state[0] = seed;
  for (let i = 1; i < n; i++) {
    const last = state[i - 1] as number;
    state[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i;
  }
  let at = n;
  return () => {
    if (at === n) {
      twist(state);
      at = 0;
    }
    let y = state[at++] as number;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}

/** Replaces every word by the next. */
function twist(state: Uint32Array): void {
  for (let i = 0; i < n; i++) {
    const joined = ((state[i] as number) & 0x80000000) | ((state[(i + 1) % n] as number) & 0x7fffffff);
    const odd = joined & 1 ? 0x9908b0df : 0;
    state[i] = (state[(i + m) % n] as number) ^ (joined >>> 1) ^ odd;
  }
}
