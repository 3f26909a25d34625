import { unfilterPlain } from './unfilter-plain.js';
import { unfilterSimd } from './unfilter-simd.js';

/**
 * Takes back the filters of a PNG's rows, in their own memory: [height, 1 + length] -> [height, length].
 *
 * @param step bytes of one pixel, from 1 (for several pixels in a byte, too) to 8
 * @returns the samples, at the beginning of `rows`
 * @throws for a filter that does not exist
 */
export function unfilter(rows: Uint8Array, height: number, length: number, step: number): Uint8Array {
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (1 + length)] as number;
    if (filter > 4) throw new Error(`filter ${filter} of row ${y} does not exist`);
  }
  if (!unfilterSimd(rows, height, length, step)) unfilterPlain(rows, height, length, step);
  return rows.subarray(0, height * length);
}
