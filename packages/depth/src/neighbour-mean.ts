/**
 * Mean of the measured ones among the eight neighbours of a pixel without measurement, NaN where there is none. Summed in
 * float32 row by row, as NumPy sums a slice, so that masks made from the result agree with the released code's.
 *
 * @param data [height * width], 0 = no measurement
 * @param at index of the pixel
 * @param x its column
 */
export function neighbourMean(data: Float32Array, at: number, x: number, width: number): number {
  const left = x > 0 ? 1 : 0;
  const right = x < width - 1 ? 1 : 0;
  let sum = 0;
  let count = 0;
  for (let middle = at - width; middle <= at + width; middle += width) {
    if (middle < 0 || middle >= data.length) continue; // above the first row, below the last
    let rowSum = 0;
    for (let i = middle - left; i <= middle + right; i++) {
      const value = data[i] as number;
      if (value === 0) continue;
      rowSum = Math.fround(rowSum + value);
      count++;
    }
    sum = Math.fround(sum + rowSum);
  }
  return count === 0 ? Number.NaN : Math.fround(sum / count);
}
