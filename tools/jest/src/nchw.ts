/** Values of an `[N,C,H,W]` array in the order `[N,H,W,C]`. */
export function toNhwc(values: ArrayLike<number>, [n, c, h, w]: readonly number[]): Float32Array {
  return swapInner(values, n as number, c as number, (h as number) * (w as number));
}

/** Values of an `[N,H,W,C]` array in the order `[N,C,H,W]`. */
export function toNchw(values: ArrayLike<number>, [n, h, w, c]: readonly number[]): Float32Array {
  return swapInner(values, n as number, (h as number) * (w as number), c as number);
}

/** `[outer,a,b]` to `[outer,b,a]`. */
function swapInner(values: ArrayLike<number>, outer: number, a: number, b: number): Float32Array {
  const swapped = new Float32Array(outer * a * b);
  for (let o = 0, from = 0; o < outer; o++) {
    for (let i = 0; i < a; i++) {
      for (let j = 0; j < b; j++, from++) swapped[(o * b + j) * a + i] = values[from] as number;
    }
  }
  return swapped;
}
