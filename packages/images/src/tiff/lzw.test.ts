import { encodeLzw, mulberry32 } from '@blemish-tools/jest';
import fc from 'fast-check';
import { inflateLzw } from './lzw.js';

/** Codes put together as a stream, their width growing as a decoder's does. */
function stream(codes: readonly number[]): Uint8Array {
  const bits: number[] = [];
  let [width, next] = [9, 258];
  codes.forEach((code, i) => {
    for (let bit = width - 1; bit >= 0; bit--) bits.push((code >> bit) & 1);
    if (code === 256) [width, next] = [9, 258];
    else if (i > 0 && codes[i - 1] !== 256 && next < 4096) next++;
    if (next + 1 >= 1 << width && width < 12) width++;
  });
  return Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) => Array.from({ length: 8 }, (__, k) => bits[8 * i + k] ?? 0).reduce((byte, bit) => 2 * byte + bit));
}

describe('inflateLzw', () => {
  it('takes back what was deflated', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 20000 }), fc.integer({ min: 1, max: 256 }), (seed, length, levels) => {
        const draw = mulberry32(seed);
        const data = Uint8Array.from({ length }, () => levels * draw());
        expect(Buffer.compare(inflateLzw(encodeLzw(data), length), data)).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  it('reads the last codes of a full table, on which other decoders end', () => {
    const zeros = Array<number>(3840).fill(0); // each but the first adds a code: 258 to 4096 - 1
    for (const last of [4092, 4093, 4094, 4095]) {
      const out = inflateLzw(stream([256, ...zeros, last, 257]), 2 ** 16);
      expect(out.length).toBe(zeros.length + 2);
    }
    expect(inflateLzw(stream([256, ...zeros, ...zeros, 4095, 257]), 2 ** 16).length).toBe(2 * zeros.length + 2);
  });

  it('reads a string that ends with what it begins with, and stops where it is told to', () => {
    expect([...inflateLzw(stream([256, 7, 258, 259, 260, 257]), 100)]).toEqual(Array<number>(10).fill(7));
    expect([...inflateLzw(stream([256, 7, 258, 259, 260, 257]), 4)]).toEqual([7, 7, 7, 7]);
    expect([...inflateLzw(new Uint8Array(0), 4)]).toEqual([]);
  });

  it('refuses a code that stands for nothing', () => {
    expect(() => inflateLzw(stream([256, 7, 260]), 100)).toThrow('LZW code 260 stands for nothing yet');
    expect(() => inflateLzw(stream([256, 258]), 100)).toThrow('LZW code 258 stands for nothing yet');
  });
});
