/** A float64 map [N,h,w,C], row-major. */
export interface NaiveMap {
  readonly shape: readonly [number, number, number, number];
  readonly data: Float64Array;
}

/**
 * Convolution by its definition, in float64: symmetric padding by zeros or by the nearest value.
 *
 * @param filter [k,k,I,O], row-major, k odd
 * @param bias [O]
 */
export function naiveConv2d(
  { shape: [n, h, w, inner], data }: NaiveMap,
  filter: ArrayLike<number>,
  bias: ArrayLike<number>,
  kernel: number,
  { padding, stride = 1 }: { readonly padding: 'zero' | 'replicate'; readonly stride?: number },
): NaiveMap {
  const outer = bias.length;
  const pad = (kernel - 1) / 2;
  const [rows, columns] = [Math.ceil(h / stride), Math.ceil(w / stride)];
  const result = new Float64Array(n * rows * columns * outer);
  const clamp = (i: number, size: number): number => Math.min(Math.max(i, 0), size - 1);
  for (let at = 0; at < result.length; at++) {
    const o = at % outer;
    const column = Math.floor(at / outer) % columns;
    const row = Math.floor(at / (outer * columns)) % rows;
    const image = Math.floor(at / (outer * columns * rows));
    let sum = bias[o] as number;
    for (let dy = 0; dy < kernel; dy++) {
      for (let dx = 0; dx < kernel; dx++) {
        const [y, x] = [row * stride + dy - pad, column * stride + dx - pad];
        if (padding === 'zero' && (y < 0 || y >= h || x < 0 || x >= w)) continue;
        const from = ((image * h + clamp(y, h)) * w + clamp(x, w)) * inner;
        for (let i = 0; i < inner; i++) {
          sum += (data[from + i] as number) * (filter[((dy * kernel + dx) * inner + i) * outer + o] as number);
        }
      }
    }
    result[at] = sum;
  }
  return { shape: [n, rows, columns, outer], data: result };
}
