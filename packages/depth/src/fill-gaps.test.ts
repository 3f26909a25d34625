import { expectClose } from '@blemish-tools/jest';
import fc from 'fast-check';
import ndarray, { type NdArray } from 'ndarray';
import { fillGaps } from './fill-gaps.js';
import { depthMaps } from './testing/arbitrary-depth.js';
import { drawnPart, strided } from './testing/drawn-part.js';

/** One pass over the whole map in float64; `first` is the first row and column that may be filled. */
function naivePass(z: ArrayLike<number>, [height, width]: readonly [number, number], first: 0 | 1): Float64Array {
  const out = Float64Array.from(z);
  for (let y = first; y < height; y++)
    for (let x = first; x < width; x++) {
      if (z[y * width + x] !== 0) continue;
      const near: number[] = [];
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const value = z[v * width + u] as number;
          if (value !== 0) near.push(value);
        }
      if (near.length > 0) out[y * width + x] = near.reduce((a, b) => a + b) / near.length;
    }
  return out;
}

function naive(z: NdArray<Float32Array>, first: 0 | 1, passes: number): Float64Array {
  let out: Float64Array = Float64Array.from(z.data);
  for (let pass = 0; pass < passes; pass++) out = naivePass(out, z.shape as [number, number], first);
  return out;
}

const close = { tolerance: 1e-6, label: 'fixture fill', backend: 'pure' }; // float32 sums of up to eight, four passes

describe('fillGaps', () => {
  it('is, under official, the mean of the neighbours before the pass, row 0 and column 0 excepted', () => {
    fc.assert(
      fc.property(depthMaps(), fc.integer({ min: 0, max: 4 }), (z, passes) => {
        expectClose(fillGaps(z, { passes }).data, naive(z, 1, passes), close);
      }),
    );
  });

  it('is, under full, the same rule with borders until nothing changes', () => {
    fc.assert(
      fc.property(depthMaps(), (z) => {
        expectClose(fillGaps(z, { mode: 'full' }).data, naive(z, 0, 14), close);
      }),
    );
  });

  it('never changes a measured value', () => {
    const modes = fc.constantFrom('official' as const, 'full' as const);
    fc.assert(
      fc.property(fc.oneof(depthMaps(), depthMaps(-1, 1)), modes, (z, mode) => {
        const { data } = fillGaps(z, { mode });
        expect(data.filter((_, i) => z.data[i] !== 0)).toEqual(z.data.filter((value) => value !== 0));
      }),
    );
  });

  it('leaves nothing missing under full, depths below 0 too, unless nothing is measured', () => {
    fc.assert(
      fc.property(fc.oneof(depthMaps(), depthMaps(-1, 1)), (z) => {
        const { data } = fillGaps(z, { mode: 'full' });
        expect(data.some((value) => value === 0)).toBe(z.data.every((value) => value === 0));
        expect(data.every((value) => Number.isFinite(value))).toBe(true);
      }),
    );
    expect(fillGaps(ndarray(Float32Array.of(1, 0, -1), [1, 3]), { mode: 'full' }).data[1]).toBeGreaterThan(0);
  });

  it('keeps filled depths between the least and the largest measured one', () => {
    fc.assert(
      fc.property(depthMaps(), (z) => {
        const measured = z.data.filter((value) => value !== 0);
        if (measured.length === 0) return;
        const { data } = fillGaps(z, { mode: 'full' });
        expect(Math.min(...data)).toBeGreaterThanOrEqual(Math.min(...measured) * (1 - 1e-6));
        expect(Math.max(...data)).toBeLessThanOrEqual(Math.max(...measured) * (1 + 1e-6));
      }),
    );
  });

  it('reads NaN and the infinities as missing, and strided maps as dense ones', () => {
    const z = ndarray(Float32Array.of(1, 1, 1, 1, NaN, 1, 1, Infinity, -Infinity), [3, 3]);
    expect([...fillGaps(z, { passes: 1 }).data]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1]);
    const part = drawnPart(30, 20, { missing: 0.3 });
    for (const mode of ['official', 'full'] as const) expect(fillGaps(strided(part), { mode })).toEqual(fillGaps(part, { mode }));
  });

  it('fills a million pixels from one, each visited once', () => {
    const z = ndarray(new Float32Array(2 ** 20), [1024, 1024]);
    z.data[5] = 0.25;
    expect(fillGaps(z, { mode: 'full' }).data.every((value) => value === 0.25)).toBe(true);
  });

  it('says what it does not know', () => {
    const z = ndarray(new Float32Array(4), [2, 2]);
    expect(() => fillGaps(z, { mode: 'some' as 'full' })).toThrow('expected the mode official or full, got some');
    expect(() => fillGaps(z, { passes: -1 })).toThrow('expected a whole number of passes, got -1');
    expect(() => fillGaps(ndarray(new Float32Array(4), [4]))).toThrow('expected a map of shape [height, width], got [4]');
  });
});
