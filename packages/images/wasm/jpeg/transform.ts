// The inverse cosine transform of 8x8 blocks in whole numbers (Loeffler, Ligtenberg and Moschytz 1989, 11 multiplications,
// as libjpeg's accurate form rounds it): columns, rounded to 2 bits behind the point, then rows, rounded to levels.
import { block, scratch } from './layout';

/** Not 0 once the numbers between columns and rows needed more than 15 bits. */
export let wide: i32 = 0;

export function startTransforms(): void {
  wide = 0;
}

// Factors of the method, times 2^13.
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

/** Sums and differences of an even and an odd half of the result, rounded, to rows `n` and 7 - `n` at `to`. */
@inline
function ends(evenLow: v128, evenHigh: v128, oddLow: v128, oddHigh: v128, rounding: i32, bits: i32, to: usize, n: usize): void {
  const low = i32x4.add(evenLow, i32x4.splat(rounding));
  const high = i32x4.add(evenHigh, i32x4.splat(rounding));
  const sum = i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(low, oddLow), bits), i32x4.shr_s(i32x4.add(high, oddHigh), bits));
  const difference = i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.sub(low, oddLow), bits), i32x4.shr_s(i32x4.sub(high, oddHigh), bits));
  v128.store(to + n * 16, sum);
  v128.store(to + (7 - n) * 16, difference);
}

/** Eight transforms of 8 numbers side by side; rows go to `to`. */
@inline
function pass(x0: v128, x1: v128, x2: v128, x3: v128, x4: v128, x5: v128, x6: v128, x7: v128, rounding: i32, bits: i32, to: usize): void {
  // Even half.
  const sum = i16x8.add(x0, x4);
  const difference = i16x8.sub(x0, x4);
  const sumLow = i32x4.shl(i32x4.extend_low_i16x8_s(sum), 13);
  const sumHigh = i32x4.shl(i32x4.extend_high_i16x8_s(sum), 13);
  const differenceLow = i32x4.shl(i32x4.extend_low_i16x8_s(difference), 13);
  const differenceHigh = i32x4.shl(i32x4.extend_high_i16x8_s(difference), 13);
  const low26 = low(x2, x6);
  const high26 = high(x2, x6);
  const f2 = pair(c0_541, c0_541 - c1_847);
  const f3 = pair(c0_541 + c0_765, c0_541);
  const t2Low = i32x4.dot_i16x8_s(low26, f2);
  const t2High = i32x4.dot_i16x8_s(high26, f2);
  const t3Low = i32x4.dot_i16x8_s(low26, f3);
  const t3High = i32x4.dot_i16x8_s(high26, f3);
  // Odd half.
  const z3 = i16x8.add(x3, x7);
  const z4 = i16x8.add(x1, x5);
  const lowZ = low(z3, z4);
  const highZ = high(z3, z4);
  const g3 = pair(c1_175 - c1_961, c1_175);
  const g4 = pair(c1_175, c1_175 - c0_390);
  const z3Low = i32x4.dot_i16x8_s(lowZ, g3);
  const z3High = i32x4.dot_i16x8_s(highZ, g3);
  const z4Low = i32x4.dot_i16x8_s(lowZ, g4);
  const z4High = i32x4.dot_i16x8_s(highZ, g4);
  const low71 = low(x7, x1);
  const high71 = high(x7, x1);
  const low53 = low(x5, x3);
  const high53 = high(x5, x3);
  const h0 = pair(c0_298 - c0_899, -c0_899);
  const h1 = pair(c2_053 - c2_562, -c2_562);
  const h2 = pair(-c2_562, c3_072 - c2_562);
  const h3 = pair(-c0_899, c1_501 - c0_899);
  ends(
    i32x4.add(sumLow, t3Low), i32x4.add(sumHigh, t3High),
    i32x4.add(i32x4.dot_i16x8_s(low71, h3), z4Low), i32x4.add(i32x4.dot_i16x8_s(high71, h3), z4High),
    rounding, bits, to, 0,
  );
  ends(
    i32x4.add(differenceLow, t2Low), i32x4.add(differenceHigh, t2High),
    i32x4.add(i32x4.dot_i16x8_s(low53, h2), z3Low), i32x4.add(i32x4.dot_i16x8_s(high53, h2), z3High),
    rounding, bits, to, 1,
  );
  ends(
    i32x4.sub(differenceLow, t2Low), i32x4.sub(differenceHigh, t2High),
    i32x4.add(i32x4.dot_i16x8_s(low53, h1), z4Low), i32x4.add(i32x4.dot_i16x8_s(high53, h1), z4High),
    rounding, bits, to, 2,
  );
  ends(
    i32x4.sub(sumLow, t3Low), i32x4.sub(sumHigh, t3High),
    i32x4.add(i32x4.dot_i16x8_s(low71, h0), z3Low), i32x4.add(i32x4.dot_i16x8_s(high71, h0), z3High),
    rounding, bits, to, 3,
  );
}

/** A block of which only the DC value is not 0: 8 rows of one level. */
export function fillBlock(to: usize, stride: usize): void {
  const level = (i32(load<i16>(block)) + 4) >> 3;
  const row = i64x2.extract_lane(i8x16.splat(i8(max(-128, min(127, level)) + 128)), 0);
  for (let y: usize = 0; y < 8; y++) store<i64>(to + y * stride, row);
}

/** The block's levels, 8 rows at `to`. The block is 0 thereafter. */
export function transformBlock(to: usize, stride: usize): void {
  pass(
    v128.load(block), v128.load(block, 16), v128.load(block, 32), v128.load(block, 48),
    v128.load(block, 64), v128.load(block, 80), v128.load(block, 96), v128.load(block, 112),
    1 << 10, 11, scratch,
  );
  const zero = i64x2(0, 0);
  v128.store(block, zero, 0);
  v128.store(block, zero, 16);
  v128.store(block, zero, 32);
  v128.store(block, zero, 48);
  v128.store(block, zero, 64);
  v128.store(block, zero, 80);
  v128.store(block, zero, 96);
  v128.store(block, zero, 112);
  const w0 = v128.load(scratch, 0);
  const w1 = v128.load(scratch, 16);
  const w2 = v128.load(scratch, 32);
  const w3 = v128.load(scratch, 48);
  const w4 = v128.load(scratch, 64);
  const w5 = v128.load(scratch, 80);
  const w6 = v128.load(scratch, 96);
  const w7 = v128.load(scratch, 112);
  const bias = i16x8.splat(0x4000);
  const over = v128.or(
    v128.or(v128.or(i16x8.add(w0, bias), i16x8.add(w1, bias)), v128.or(i16x8.add(w2, bias), i16x8.add(w3, bias))),
    v128.or(v128.or(i16x8.add(w4, bias), i16x8.add(w5, bias)), v128.or(i16x8.add(w6, bias), i16x8.add(w7, bias))),
  );
  wide |= i16x8.bitmask(over);
  // [8,8] turned over: columns become rows.
  const a0 = low(w0, w4);
  const a1 = high(w0, w4);
  const a2 = low(w1, w5);
  const a3 = high(w1, w5);
  const a4 = low(w2, w6);
  const a5 = high(w2, w6);
  const a6 = low(w3, w7);
  const a7 = high(w3, w7);
  const b0 = low(a0, a4);
  const b1 = high(a0, a4);
  const b2 = low(a1, a5);
  const b3 = high(a1, a5);
  const b4 = low(a2, a6);
  const b5 = high(a2, a6);
  const b6 = low(a3, a7);
  const b7 = high(a3, a7);
  pass(
    low(b0, b4), high(b0, b4), low(b1, b5), high(b1, b5), low(b2, b6), high(b2, b6), low(b3, b7), high(b3, b7),
    1 << 17, 18, scratch,
  );
  // Levels of columns n and n + 4, then turned back.
  const c04 = i8x16.narrow_i16x8_s(v128.load(scratch, 0), v128.load(scratch, 64));
  const c15 = i8x16.narrow_i16x8_s(v128.load(scratch, 16), v128.load(scratch, 80));
  const c26 = i8x16.narrow_i16x8_s(v128.load(scratch, 32), v128.load(scratch, 96));
  const c37 = i8x16.narrow_i16x8_s(v128.load(scratch, 48), v128.load(scratch, 112));
  const d02 = lowBytes(c04, c26);
  const d46 = highBytes(c04, c26);
  const d13 = lowBytes(c15, c37);
  const d57 = highBytes(c15, c37);
  const e0 = lowBytes(d02, d13);
  const e1 = highBytes(d02, d13);
  const e4 = lowBytes(d46, d57);
  const e5 = highBytes(d46, d57);
  const half = i8x16.splat(-128);
  two(to, stride, v128.xor(v128.shuffle<i32>(e0, e4, 0, 4, 1, 5), half));
  two(to + 2 * stride, stride, v128.xor(v128.shuffle<i32>(e0, e4, 2, 6, 3, 7), half));
  two(to + 4 * stride, stride, v128.xor(v128.shuffle<i32>(e1, e5, 0, 4, 1, 5), half));
  two(to + 6 * stride, stride, v128.xor(v128.shuffle<i32>(e1, e5, 2, 6, 3, 7), half));
}

@inline
function lowBytes(a: v128, b: v128): v128 {
  return v128.shuffle<i8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

@inline
function highBytes(a: v128, b: v128): v128 {
  return v128.shuffle<i8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

@inline
function two(to: usize, stride: usize, rows: v128): void {
  v128.store64_lane(to, rows, 0);
  v128.store64_lane(to + stride, rows, 1);
}
