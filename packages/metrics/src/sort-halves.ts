const BUCKETS = 256;
const counts = new Uint32Array(2 * BUCKETS);

/**
 * Sorts `keys` ascending by 16 of their bits, those from bit 13 on, stable: the lower 13 are carried along. Two passes of a
 * least-significant-digit radix sort.
 *
 * @param scratch at least `count` long; what it holds afterwards means nothing
 */
export function sortHalves(keys: Int32Array, count: number, scratch: Int32Array): void {
  counts.fill(0);
  for (let i = 0; i < count; i++) {
    const key = keys[i] as number;
    (counts[(key >>> 13) & 0xff] as number)++;
    (counts[BUCKETS + (key >>> 21)] as number)++;
  }
  let low = 0;
  let high = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const size = counts[bucket] as number;
    counts[bucket] = low;
    low += size;
    const above = counts[BUCKETS + bucket] as number;
    counts[BUCKETS + bucket] = high;
    high += above;
  }
  for (let i = 0; i < count; i++) {
    const key = keys[i] as number;
    scratch[(counts[(key >>> 13) & 0xff] as number)++] = key;
  }
  for (let i = 0; i < count; i++) {
    const key = scratch[i] as number;
    keys[(counts[BUCKETS + (key >>> 21)] as number)++] = key;
  }
}
