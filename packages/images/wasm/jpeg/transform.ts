// The inverse cosine transform of 8x8 blocks in whole numbers (Loeffler, Ligtenberg and Moschytz 1989, 11 multiplications,
// as libjpeg's accurate form rounds it): columns, rounded to 2 bits behind the point, then rows, rounded to levels.
import { block } from './layout';

/** Not 0 once the numbers between columns and rows needed more than 15 bits. */
export let wide: i32 = 0;

export function startTransforms(): void {
  wide = 0;
}

// Rotations of the method, times 2^13.
const c0_298: i16 = 2446;
const c0_390: i16 = 3196;
const c0_541: i16 = 4433;
const c0_765: i16 = 6270;
const c0_899: i16 = 7373;
const c1_175: i16 = 9633;
const c1_501: i16 = 12299;
const c1_847: i16 = 15137;
const c1_961: i16 = 16069;
const c2_053: i16 = 16819;
const c2_562: i16 = 20995;
const c3_072: i16 = 25172;

@inline
function low(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}
@inline
function high(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}
@inline
function pair(a: i16, b: i16): v128 {
  return i16x8(a, b, a, b, a, b, a, b);
}
@inline
function dot(a: v128, b: v128): v128 {
  return i32x4.dot_i16x8_s(a, b);
}
@inline
function add(a: v128, b: v128): v128 {
  return i32x4.add(a, b);
}
@inline
function sub(a: v128, b: v128): v128 {
  return i32x4.sub(a, b);
}

// What one pass gives: 8 vectors of 8 numbers.
let o0: v128 = i64x2(0, 0);
