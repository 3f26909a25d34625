import fc from 'fast-check';
import { bfloatToFloat, floatToBfloat, floatToHalf, halfToFloat } from './half-floats.js';

const all = Uint16Array.from({ length: 65536 }, (_, bits) => bits);

/** The value of a half float by the definition in IEEE 754. */
function halfByDefinition(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent ? sign * 2 ** (exponent - 15) * (1 + fraction / 1024) : sign * 2 ** -14 * (fraction / 1024);
}

describe('half floats', () => {
  it('widens each of the 65536 patterns to its value', () => {
    expect([...halfToFloat(all)]).toEqual([...all].map(halfByDefinition));
  });

  it('gives every pattern back, NaN payloads included', () => {
    expect(floatToHalf(halfToFloat(all))).toEqual(all);
    expect(floatToBfloat(bfloatToFloat(all))).toEqual(all);
  });

  it('rounds to nearest, ties to even (law: no half float is nearer)', () => {
    const finite = [...all].filter((bits) => Number.isFinite(halfByDefinition(bits)) && bits !== 0x8000);
    const sorted = finite.map((bits) => ({ bits, value: halfByDefinition(bits) })).sort((a, b) => a.value - b.value);
    fc.assert(
      fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), fc.double({ min: -20, max: 0, noNaN: true }), (large, scale) => {
        const x = Math.fround(large * 2 ** scale);
        let low = 0;
        let high = sorted.length - 1;
        while (high - low > 1) {
          const middle = (low + high) >> 1;
          if ((sorted[middle]?.value ?? 0) <= x) low = middle;
          else high = middle;
        }
        const [a, b] = [sorted[low], sorted[high]] as [{ bits: number; value: number }, { bits: number; value: number }];
        const [da, db] = [x - a.value, b.value - x];
        const nearest = da < db || (da === db && a.bits % 2 === 0) ? a : b;
        expect(halfByDefinition(floatToHalf(Float32Array.of(x))[0] as number)).toBeCloseTo(nearest.value, 30);
      }),
      { numRuns: 2000 },
    );
  });

  it('rounds what is too large to infinity and what is too small to zero', () => {
    const values = Float32Array.of(65519, 65520, -1e9, 2 ** -25, 2 ** -25 * 1.001, -(2 ** -26));
    expect([...halfToFloat(floatToHalf(values))]).toEqual([65504, Infinity, -Infinity, 0, 2 ** -24, -0]);
  });

  it('rounds bfloat16 to nearest, ties to even', () => {
    const values = Float32Array.of(1 + 2 ** -8, 1 + 3 * 2 ** -8, 1 + 2 ** -8 + 2 ** -20, 3.4028234663852886e38);
    expect([...bfloatToFloat(floatToBfloat(values))]).toEqual([1, 1 + 2 ** -6, 1 + 2 ** -7, Infinity]);
  });
});
