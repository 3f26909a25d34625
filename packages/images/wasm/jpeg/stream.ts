// Entropy-coded data: bytes up to a marker, as bits, and the blocks of coefficients in them (ITU T.81, F.2.2).
import { longCode, longer, noNumber, wrong } from './codes';
import { block } from './layout';

/** Zeros behind the data: more than a damaged MCU can take, at most 10 blocks of 64 codes of 26 bits. */
export const slack: usize = 4096;

/** The next bits, from the top. */
let window: u64 = 0;
/** How many of them count. */
let count: u64 = 0;
/** The bytes lie backwards, so that a word holds them from the top; the next is below this address. */
let at: usize = 0;
let top: usize = 0;
let bottom: usize = 0;

/** Ones wherever a dequantised coefficient's magnitude had one; `fault` for codes that do not exist. */
export let magnitudes: i32 = 0;
export const fault: i32 = 1 << 30;
/** Coefficients of the block read last, up to the last that the data name. */
export let last: i32 = 0;

/** Before the first data of an image. */
export function startBlocks(): void {
  magnitudes = 0;
}

/**
 * Takes the data from `from` up to the marker there, which is looked for below `to`.
 *
 * @param end where the bytes go, below it, backwards
 * @returns the marker's address, 0 where there is none
 */
export function openData(from: usize, to: usize, end: usize): usize {
  let write = end;
  let marker: usize = 0;
  while (from + 1 < to) {
    let clean: usize = 0;
    if (from + 16 <= to) {
      const bytes = v128.load(from);
      v128.store(write - 16, i8x16.swizzle(bytes, i8x16(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)));
      clean = ctz(i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(-1))) | 0x10000);
    } else if (load<u8>(from) !== 0xff) {
      store<u8>(write - 1, load<u8>(from));
      clean = 1;
    }
    from += clean;
    write -= clean;
    if (clean === 16 || from + 1 >= to || load<u8>(from) !== 0xff) continue;
    if (load<u8>(from + 1) !== 0) {
      marker = from;
      break;
    }
    store<u8>(--write, 0xff);
    from += 2;
  }
  memory.fill(write - slack, 0, slack);
  top = at = end;
  bottom = write;
  window = count = 0;
  return marker;
}

/** Bits taken so far less the bits there are. */
@inline
export function beyond(): isize {
  return isize(bottom - at) * 8 - isize(count);
}

/**
 * Reads a block's coefficients, dequantised, into `block`.
 *
 * @param previous the DC value of the component's block before
 * @returns its own
 */
export function readBlock(differences: usize, coefficients: usize, quantisation: usize, previous: i32): i32 {
  let bits = window;
  let left = count;
  let next = at;
  let seen = magnitudes;
  let dc = previous;
  let k: i32 = 1;
  if (left < 32) {
    bits |= load<u64>(next - 8) >> left;
    next -= usize((63 - left) >> 3);
    left |= 56;
  }
  let found = load<u32>(differences + (usize(bits >> 54) << 2));
  if (found === longer) found = longCode(differences, bits);
  if (found === wrong) seen |= fault;
  else {
    const number = bits << (found >> 6);
    const sign = ~(i64(number) >> 63);
    const size = ((number ^ sign) >> 1) >> (found >> 12);
    dc += i32((size ^ sign) - sign);
    bits <<= found;
    left -= found & 63;
    const value = dc * i32(load<u16>(quantisation + 2));
    seen |= dc ^ (dc >> 31);
    seen |= value ^ (value >> 31);
    store<i16>(block, value);
    do {
      bits |= load<u64>(next - 8) >> left;
      next -= usize((63 - left) >> 3);
      left |= 56;
      let found = load<u32>(coefficients + (usize(bits >> 54) << 2));
      if (found & noNumber) {
        if (found === longer) found = longCode(coefficients, bits);
        if (found === wrong) {
          seen |= fault;
          break;
        }
        if (found & noNumber) {
          bits <<= found;
          left -= found & 63;
          break;
        }
      }
      const number = bits << (found >> 6);
      const sign = ~(i64(number) >> 63);
      const size = ((number ^ sign) >> 1) >> (found >> 12);
      k += (found >> 18) & 15;
      bits <<= found;
      left -= found & 63;
      const entry = load<u32>(quantisation + (usize(k) << 2));
      const value = i32((size ^ sign) - sign) * i32(entry >> 16);
      seen |= value ^ (value >> 31);
      store<i16>(block + (entry & 0xffff), value);
      k++;
    } while (k < 64);
    if (k > 64) seen |= fault;
  }
  window = bits;
  count = left;
  at = next;
  magnitudes = seen;
  last = k;
  return dc;
}
