// Huffman tables (ITU T.81, annex C and F.2.2.3).
//
// A code of up to 10 bits is found by the next 10 bits of the data, a longer one by comparison. What is found is a word:
//   bits 0..5    bits of the code and of the number behind it
//   bits 6..11   bits of the code
//   bits 12..17  63 - bits of the number
//   bits 18..21  zeros before it
//   bit 22       no number: the end of a block, or a code that is longer or does not exist

const quick: u32 = 10;
const limitsAt: usize = 4 << 10;
const offsetsAt: usize = limitsAt + 17 * 4;
const differenceAt: usize = offsetsAt + 17 * 4;
const valuesAt: usize = differenceAt + 4;

export const noNumber: u32 = 1 << 22;
/** Longer than 10 bits, or none. */
export const longer: u32 = noNumber;
/** No code at all, or a symbol that does not belong there. */
export const wrong: u32 = 0xffffffff;

/** A code's word. Numbers have up to 11 bits as differences, up to 10 as coefficients. */
function word(symbol: u32, length: u32, difference: bool): u32 {
  const size = symbol & 15;
  const zeros = symbol >> 4;
  if (difference) {
    if (symbol > 11) return wrong;
  } else {
    if (symbol === 0) return noNumber | length;
    if (size > 10 || (size === 0 && zeros !== 15)) return wrong;
  }
  return (length + size) | (length << 6) | ((63 - size) << 12) | (zeros << 18);
}

/**
 * Makes a table of 16 counts and the values behind them.
 *
 * @param difference a table of differences of DC values, not of coefficients
 * @returns whether it is a code, of which the word of ones alone is not used, for symbols that a baseline image can have
 */
export function makeCodes(source: usize, table: usize, difference: bool): bool {
  for (let i: usize = 0; i < 1 << quick; i++) store<u32>(table + (i << 2), longer);
  store<u32>(table + differenceAt, difference);
  let code: u32 = 0;
  let index: u32 = 0;
  for (let length: u32 = 1; length <= 16; length++) {
    store<u32>(table + offsetsAt + (length << 2), index - code);
    for (let n: u32 = load<u8>(source + length - 1); n > 0; n--) {
      if (code >= 1 << length || index > 255) return false;
      const symbol: u32 = load<u8>(source + 16 + index);
      const found = word(symbol, length, difference);
      if (found === wrong) return false;
      store<u8>(table + valuesAt + index, symbol);
      if (length <= quick) {
        const first = code << (quick - length);
        for (let i: u32 = 0; i < 1 << (quick - length); i++) store<u32>(table + ((first + i) << 2), found);
      }
      code++;
      index++;
    }
    if (code >= 1 << length) return false;
    store<u32>(table + limitsAt + (length << 2), code << (16 - length));
    code <<= 1;
  }
  return true;
}

/** The word of a code that is longer than 10 bits. */
export function longCode(table: usize, window: u64): u32 {
  const bits = u32(window >> 48);
  for (let length: u32 = quick + 1; length <= 16; length++) {
    if (bits < load<u32>(table + limitsAt + (length << 2))) {
      const index = (bits >> (16 - length)) + load<u32>(table + offsetsAt + (length << 2));
      return word(load<u8>(table + valuesAt + (index & 255)), length, load<u32>(table + differenceAt) !== 0);
    }
  }
  return wrong;
}
