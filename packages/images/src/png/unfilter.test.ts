import { mulberry32 } from '@blemish-tools/jest';
import fc from 'fast-check';
import { unfilter } from './unfilter.js';
import { unfilterPlain } from './unfilter-plain.js';
import { unfilterSimd } from './unfilter-simd.js';

/** Rows [height, 1 + length] of noise: any byte, any filter, or one filter in all rows. */
function filtered(seed: number, height: number, length: number, filter?: number): Uint8Array {
  const draw = mulberry32(seed);
  const rows = Uint8Array.from({ length: height * (1 + length) }, () => 256 * draw());
  for (let y = 0; y < height; y++) rows[y * (1 + length)] = filter ?? Math.floor(5 * draw());
  return rows;
}

/** The filters of the specification applied to samples [height, length]: what an encoder does. */
function apply(samples: Uint8Array, height: number, length: number, step: number, filters: readonly number[]): Uint8Array {
  const rows = new Uint8Array(height * (1 + length));
  const at = (y: number, i: number): number => (y < 0 || i < 0 ? 0 : (samples[y * length + i] as number));
  for (let y = 0; y < height; y++) {
    const filter = filters[y] as number;
    rows[y * (1 + length)] = filter;
    for (let i = 0; i < length; i++) {
      const [a, b, c] = [at(y, i - step), at(y - 1, i), i < step ? 0 : at(y - 1, i - step)];
      const paeth = [a, b, c].reduce((best, one) => (Math.abs(a + b - c - one) < Math.abs(a + b - c - best) ? one : best));
      rows[y * (1 + length) + 1 + i] = at(y, i) - ([0, a, b, Math.floor((a + b) / 2), paeth][filter] as number);
    }
  }
  return rows;
}

describe('unfilter', () => {
  it.each([1, 2, 3, 4, 6, 8])('gives back what an encoder filtered, %d bytes a pixel', (step) => {
    const [height, length] = [10, 7 * step];
    const draw = mulberry32(step);
    const samples = Uint8Array.from({ length: height * length }, () => 256 * draw());
    for (const shift of [0, 1, 2, 3, 4]) {
      const filters = Array.from({ length: height }, (_, y) => (y + shift) % 5);
      expect([...unfilter(apply(samples, height, length, step, filters), height, length, step)]).toEqual([...samples]);
    }
  });

  it('gives the same bytes by vector instructions as in plain code', () => {
    const sizes = [fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 8 }), fc.integer()] as const;
    fc.assert(
      fc.property(...sizes, (height, pixels, step, seed) => {
        const rows = filtered(seed, height, pixels * step);
        const plain = rows.slice();
        unfilterPlain(plain, height, pixels * step, step);
        expect(unfilterSimd(rows, height, pixels * step, step)).toBe(true);
        expect(Buffer.compare(rows, plain)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it.each([0, 1, 2, 3, 4])('and over many strips, filter %d', (filter) => {
    const [height, length] = [600, 3 * 211]; // 380 KB, a strip is 64
    const rows = filtered(filter, height, length, filter);
    const plain = rows.slice();
    unfilterPlain(plain, height, length, 3);
    expect(unfilterSimd(rows, height, length, 3)).toBe(true);
    expect(Buffer.compare(rows.subarray(0, height * length), plain.subarray(0, height * length))).toBe(0);
  });

  it('takes a row longer than the kernel holds, in plain code', () => {
    const length = 2 ** 22 + 1;
    const rows = new Uint8Array(2 * (1 + length)).fill(1);
    [rows[0], rows[1 + length]] = [0, 2];
    expect(unfilterSimd(rows.slice(), 2, length, 1)).toBe(false);
    const samples = unfilter(rows, 2, length, 1);
    expect([samples[0], samples[length - 1], samples[length], samples[2 * length - 1]]).toEqual([1, 1, 2, 2]);
  });

  it('names a filter that does not exist', () => {
    const rows = filtered(1, 3, 6, 0);
    rows[7] = 5;
    expect(() => unfilter(rows, 3, 6, 3)).toThrow('filter 5 of row 1 does not exist');
  });
});
