import ndarray, { type NdArray } from 'ndarray';
import { denseMap } from './dense-map.js';

// a marked pixel p covers p - before .. p + after on each side: before + after + 1 = size
// so pixel i is covered when one of i - after .. i + before is marked

/**
 * Grows a mask by a square, as SciPy's `binary_dilation` with a `size` x `size` structure of ones: an even size reaches
 * one pixel further up and left (8: from 4 before to 3 after). Row by row, then column by column; the time does not depend on the size.
 *
 * @param mask marked where not 0, [H,W]
 * @param size side of the square in pixels; 1 changes nothing
 * @returns 0 and 1, [H,W]
 */
export function dilate(mask: NdArray<Uint8Array>, size: number): NdArray<Uint8Array> {
  if (!(Number.isSafeInteger(size) && size >= 1)) throw new Error(`dilate: expected a size in whole pixels above 0, got ${size}`);
  const { data, height, width } = denseMap(mask, 'dilate');
  const before = size >> 1;
  const after = size - 1 - before;
  const rows = new Uint8Array(data.length); // grown along the rows
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let until = row; // everything before it is settled
    for (let x = 0; x < width; x++) {
      if (data[row + x] === 0) continue;
      const from = Math.max(until, row + x - before);
      until = Math.min(row + width, row + x + after + 1);
      rows.fill(1, from, until);
    }
  }
  const out = new Uint8Array(data.length);
  const marked = new Int32Array(width); // in each column, among rows y - after .. y + before
  for (let y = 0; y < Math.min(before, height); y++) addRow(y, 1);
  for (let y = 0, to = 0; y < height; y++) {
    if (y + before < height) addRow(y + before, 1);
    if (y - after - 1 >= 0) addRow(y - after - 1, -1);
    for (let x = 0; x < width; x++) out[to++] = (marked[x] as number) > 0 ? 1 : 0;
  }
  return ndarray(out, [height, width]);

  function addRow(y: number, sign: number): void {
    for (let x = 0, i = y * width; x < width; x++, i++) marked[x] = (marked[x] as number) + sign * (rows[i] as number);
  }
}
