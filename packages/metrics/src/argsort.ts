import type { Scores } from './scores.js';

const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;

/**
 * The order that sorts `values` ascending, stable: `values[order[0]]` is the smallest. Finite values only.
 *
 * A least-significant-digit radix sort of the values' bits: linear in their number, three passes over float32 and six
 * over float64. The bits of a float order like an unsigned integer once a positive number's sign bit is set and a
 * negative number's bits are all flipped. -0 comes before 0, next to it; whoever groups equal scores compares numbers.
 */
export function argsort(values: Scores): Uint32Array {
  const count = values.length;
  const words = values.BYTES_PER_ELEMENT / 4;
  const bits = new Uint32Array(values.buffer, values.byteOffset, count * words); // low word first on every machine with tfjs
  let order = new Uint32Array(count);
  let sorted = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  const start = new Uint32Array(BUCKETS);
  for (let word = 0; word < words; word++) {
    const holdsSign = word === words - 1;
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      const digitOf = (index: number): number => {
        const negative = (bits[index * words + words - 1] as number) >>> 31 === 1;
        const flip = negative ? 0xffffffff : holdsSign ? 0x80000000 : 0;
        return (((bits[index * words + word] as number) ^ flip) >>> shift) & (BUCKETS - 1);
      };
      start.fill(0);
      for (let i = 0; i < count; i++) (start[digitOf(i)] as number)++;
      if (count > 0 && start[digitOf(0)] === count) continue; // one digit for all: nothing moves
      let next = 0;
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        const size = start[bucket] as number;
        start[bucket] = next;
        next += size;
      }
      for (let i = 0; i < count; i++) {
        const index = order[i] as number;
        sorted[(start[digitOf(index)] as number)++] = index;
      }
      [order, sorted] = [sorted, order];
    }
  }
  return order;
}
