// Rows of levels: chroma brought to the width of luma by triangles, as libjpeg does, then colours (JFIF, 7).

/** Eight sums of rows at `x`: 3 near + far, or the row itself where there is but one. */
@inline
function sums(near: usize, far: usize, two: bool): v128 {
  const a = v128.load8x8_u(near);
  return two ? i16x8.add(i16x8.add(i16x8.shl(a, 1), a), v128.load8x8_u(far)) : a;
}

/** One row twice as wide, each number 3 parts of the nearer and 1 of the farther; `count` numbers, rounded up to 8. */
@inline
function widen(near: usize, far: usize, to: usize, count: usize, two: bool): void {
  const even = i16x8.splat(two ? 8 : 1);
  const odd = i16x8.splat(two ? 7 : 2);
  const bits = two ? 4 : 2;
  let sum = sums(near, far, two);
  let before = v128.shuffle<i16>(sum, sum, 0, 0, 0, 0, 0, 0, 0, 0);
  for (let x: usize = 0; x < count; x += 8) {
    const after = sums(near + x + 8, far + x + 8, two);
    const triple = i16x8.add(i16x8.shl(sum, 1), sum);
    const left = i16x8.add(v128.shuffle<i16>(before, sum, 7, 8, 9, 10, 11, 12, 13, 14), even);
    const right = i16x8.add(v128.shuffle<i16>(sum, after, 1, 2, 3, 4, 5, 6, 7, 8), odd);
    const a = i16x8.shr_u(i16x8.add(triple, left), bits);
    const b = i16x8.shr_u(i16x8.add(triple, right), bits);
    v128.store(to + 2 * x, v128.or(a, i16x8.shl(b, 8)));
    before = sum;
    sum = after;
  }
}

/** From one row; the number behind the last must be the last again. */
export function widenRow(row: usize, to: usize, count: usize): void {
  widen(row, row, to, count, false);
}

/** From a row and the farther one above or below. */
export function widenRows(near: usize, far: usize, to: usize, count: usize): void {
  widen(near, far, to, count, true);
}

/** Each number twice. */
export function repeatRow(row: usize, to: usize, count: usize): void {
  for (let x: usize = 0; x < count; x++) store<u16>(to + 2 * x, u16(load<u8>(row + x)) * 0x101);
}
