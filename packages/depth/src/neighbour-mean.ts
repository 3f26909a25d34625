const { fround } = Math;
const nothing = Number.NaN;

/**
 * Mean of the measured ones among the eight neighbours of a pixel without measurement, NaN where there is none. Summed in
 * float32 in the order in which NumPy sums nine values, or one after the other where the border leaves fewer: so every bit
 * agrees with the released code, and masks made from the result do.
 *
 * @param data [height * width], 0 = no measurement
 * @param at index of the pixel
 * @param x its column
 */
export function neighbourMean(data: Float32Array, at: number, x: number, width: number): number {
  if (x === 0 || x === width - 1 || at < width || at >= data.length - width) return borderMean(data, at, x, width);
  const a = data[at - width - 1] as number;
  const b = data[at - width] as number;
  const c = data[at - width + 1] as number;
  const d = data[at - 1] as number;
  const e = data[at + 1] as number;
  const f = data[at + width - 1] as number;
  const g = data[at + width] as number;
  const h = data[at + width + 1] as number;
  const count = one(a) + one(b) + one(c) + one(d) + one(e) + one(f) + one(g) + one(h);
  if (count === 0) return nothing;
  const first = fround(fround(a + b) + fround(c + d));
  const second = fround(e + fround(f + g)); // the pixel itself, 0, would stand beside e
  return fround(fround(fround(first + second) + h) / count);
}

function one(value: number): number {
  return value === 0 ? 0 : 1;
}

/** The same where a row or a column of the neighbours is outside the map. */
function borderMean(data: Float32Array, at: number, x: number, width: number): number {
  const left = x > 0 ? 1 : 0;
  const right = x < width - 1 ? 1 : 0;
  let sum = 0;
  let count = 0;
  for (let middle = at - width; middle <= at + width; middle += width) {
    if (middle < 0 || middle >= data.length) continue; // above the first row, below the last
    for (let i = middle - left; i <= middle + right; i++) {
      sum = fround(sum + (data[i] as number));
      count += one(data[i] as number);
    }
  }
  return count === 0 ? nothing : fround(sum / count);
}
