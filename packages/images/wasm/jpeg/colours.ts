// Rows of levels to RGB (JFIF, 7), as levels or as numbers in [0,1].

/** Four levels, 32 bits each, as numbers: the float32 nearest to level / 255. 1/255 = 257/2^16 + 1/(255 2^16): the first
 * product is exact, so that only the sum is rounded, and a test holds all 256 to the quotient. */
@inline
function unit(levels: v128): v128 {
  const numbers = f32x4.convert_i32x4_s(levels);
  return f32x4.add(f32x4.mul(numbers, f32x4.splat(257.0 / 65536.0)), f32x4.mul(numbers, f32x4.splat(1.0 / 16711680.0)));
}

/** Four pixels, of which each fourth byte is left out. 16 bytes are written for 12, or as many numbers. */
@inline
function put(to: usize, pixels: v128, numbers: bool): void {
  const bytes = i8x16.swizzle(pixels, i8x16(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15));
  if (!numbers) {
    v128.store(to, bytes);
    return;
  }
  const low = i16x8.extend_low_i8x16_u(bytes);
  const high = i16x8.extend_high_i8x16_u(bytes);
  v128.store(to, unit(i32x4.extend_low_i16x8_u(low)), 0);
  v128.store(to, unit(i32x4.extend_high_i16x8_u(low)), 16);
  v128.store(to, unit(i32x4.extend_low_i16x8_u(high)), 32);
}

/** 16 pixels, side by side. */
@inline
function interleave(r: v128, g: v128, b: v128, to: usize, numbers: bool): void {
  const step: usize = numbers ? 48 : 12;
  const rgLow = v128.shuffle<i8>(r, g, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const rgHigh = v128.shuffle<i8>(r, g, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const bbLow = v128.shuffle<i8>(b, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const bbHigh = v128.shuffle<i8>(b, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  put(to, v128.shuffle<i16>(rgLow, bbLow, 0, 8, 1, 9, 2, 10, 3, 11), numbers);
  put(to + step, v128.shuffle<i16>(rgLow, bbLow, 4, 12, 5, 13, 6, 14, 7, 15), numbers);
  put(to + 2 * step, v128.shuffle<i16>(rgHigh, bbHigh, 0, 8, 1, 9, 2, 10, 3, 11), numbers);
  put(to + 3 * step, v128.shuffle<i16>(rgHigh, bbHigh, 4, 12, 5, 13, 6, 14, 7, 15), numbers);
}

// y + 1.402 cr and y + 1.772 cb, each product rounded: of the factors what is above 1 and 2, times 2^15. Equal to the
// products of 16 bits behind the point for all 256 values.
@inline
function red(y: v128, cr: v128): v128 {
  return i16x8.add(i16x8.add(y, cr), i16x8.q15mulr_sat_s(cr, i16x8.splat(13172)));
}

@inline
function blue(y: v128, cb: v128): v128 {
  return i16x8.add(i16x8.add(y, i16x8.shl(cb, 1)), i16x8.q15mulr_sat_s(cb, i16x8.splat(-7471)));
}

/** y - 0.34414 cb - 0.71414 cr, the products' sum rounded; the factors times 2^16, the second plus 1. */
@inline
function green(y: v128, cb: v128, cr: v128): v128 {
  const factors = i16x8(-22554, 18734, -22554, 18734, -22554, 18734, -22554, 18734);
  const half = i32x4.splat(1 << 15);
  const low = i32x4.dot_i16x8_s(v128.shuffle<i16>(cb, cr, 0, 8, 1, 9, 2, 10, 3, 11), factors);
  const high = i32x4.dot_i16x8_s(v128.shuffle<i16>(cb, cr, 4, 12, 5, 13, 6, 14, 7, 15), factors);
  const sum = i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(low, half), 16), i32x4.shr_s(i32x4.add(high, half), 16));
  return i16x8.add(y, i16x8.sub(sum, cr));
}

@inline
function colours(luma: usize, blues: usize, reds: usize, to: usize, width: usize, numbers: bool): void {
  const middle = i16x8.splat(128);
  for (let x: usize = 0; x < width; x += 16) {
    const y = v128.load(luma + x);
    const cb = v128.load(blues + x);
    const cr = v128.load(reds + x);
    const yLow = i16x8.extend_low_i8x16_u(y);
    const yHigh = i16x8.extend_high_i8x16_u(y);
    const cbLow = i16x8.sub(i16x8.extend_low_i8x16_u(cb), middle);
    const cbHigh = i16x8.sub(i16x8.extend_high_i8x16_u(cb), middle);
    const crLow = i16x8.sub(i16x8.extend_low_i8x16_u(cr), middle);
    const crHigh = i16x8.sub(i16x8.extend_high_i8x16_u(cr), middle);
    interleave(
      i8x16.narrow_i16x8_u(red(yLow, crLow), red(yHigh, crHigh)),
      i8x16.narrow_i16x8_u(green(yLow, cbLow, crLow), green(yHigh, cbHigh, crHigh)),
      i8x16.narrow_i16x8_u(blue(yLow, cbLow), blue(yHigh, cbHigh)),
      to + (numbers ? 12 : 3) * x,
      numbers,
    );
  }
}

@inline
function grays(luma: usize, to: usize, width: usize, numbers: bool): void {
  for (let x: usize = 0; x < width; x += 16) {
    const y = v128.load(luma + x);
    interleave(y, y, y, to + (numbers ? 12 : 3) * x, numbers);
  }
}

/** One row of the image, RGB; rows of `width` are read and written up to a multiple of 16. */
export function colourRow(luma: usize, blues: usize, reds: usize, to: usize, width: usize, numbers: bool): void {
  if (numbers) colours(luma, blues, reds, to, width, true);
  else colours(luma, blues, reds, to, width, false);
}

/** One row of a gray image. */
export function grayRow(luma: usize, to: usize, width: usize, numbers: bool): void {
  if (numbers) grays(luma, to, width, true);
  else grays(luma, to, width, false);
}
