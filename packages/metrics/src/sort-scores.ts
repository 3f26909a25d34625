import type { Scores } from './scores.js';

const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const PASSES = 3;

/**
 * Sorts finite `values` ascending in place. Float32 goes through a radix sort of its bits (see `argsort`): three passes
 * between `values` and `scratch`, linear in their number; float64 through the platform's own sort, without scratch.
 *
 * @param scratch at least as long as `values` and of its kind; what it holds afterwards means nothing
 */
export function sortScores(values: Scores, scratch: Scores): void {
  if (values.BYTES_PER_ELEMENT !== 4) {
    values.sort();
    return;
  }
  const count = values.length;
  const counts = new Uint32Array(PASSES * BUCKETS);
  let from = new Uint32Array(values.buffer, values.byteOffset, count);
  let to = new Uint32Array(scratch.buffer, scratch.byteOffset, count);
  const home = from;
  for (let i = 0; i < count; i++) {
    const bits = from[i] as number;
    const key = bits >>> 31 === 1 ? ~bits >>> 0 : (bits | 0x80000000) >>> 0;
    from[i] = key;
    for (let pass = 0; pass < PASSES; pass++) {
      (counts[pass * BUCKETS + ((key >>> (pass * DIGIT_BITS)) & (BUCKETS - 1))] as number)++;
    }
  }
  for (let pass = 0; pass < PASSES; pass++) {
    const shift = pass * DIGIT_BITS;
    const start = counts.subarray(pass * BUCKETS, (pass + 1) * BUCKETS);
    let next = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const size = start[bucket] as number;
      start[bucket] = next;
      next += size;
    }
    for (let i = 0; i < count; i++) {
      const key = from[i] as number;
      to[(start[(key >>> shift) & (BUCKETS - 1)] as number)++] = key;
    }
    [from, to] = [to, from];
  }
  for (let i = 0; i < count; i++) {
    const key = from[i] as number; // after three passes the keys lie in scratch
    home[i] = key >>> 31 === 1 ? key & 0x7fffffff : ~key;
  }
}
