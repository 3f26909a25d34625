import fc from 'fast-check';
import ndarray from 'ndarray';
import { depthExtent } from './depth-extent.js';

const map = (values: readonly number[]): ndarray.NdArray<Float32Array> => ndarray(Float32Array.from(values), [1, values.length]);

describe('depthExtent', () => {
  it('measures distance, relief and range, and leaves out what was not measured', () => {
    const ramp = Array.from({ length: 101 }, (_, i) => 1 + i / 100);
    const extent = depthExtent(map([0, NaN, ...ramp, Infinity, -Infinity]));
    expect(extent?.distance).toBeCloseTo(1.5, 6);
    expect(extent?.relief).toBeCloseTo(0.9, 6);
    expect(extent?.range).toBeCloseTo(1, 6);
  });

  it('has a relief that one point far off does not change', () => {
    const flat = Array.from({ length: 10_000 }, (_, i) => 0.5 + (i % 10) / 1000);
    const extent = depthExtent(map([...flat, 90]));
    expect(extent?.relief).toBeCloseTo(0.009, 6);
    expect(extent?.range).toBeGreaterThan(89);
  });

  it('is undefined where nothing was measured', () => {
    expect(depthExtent(map([0, NaN, Infinity]))).toBeUndefined();
  });

  it('scales as its values do', () => {
    const values = fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(values, (levels) => {
        const [one, twice] = [depthExtent(map(levels)), depthExtent(map(levels.map((level) => 2 * level)))];
        for (const name of ['distance', 'relief', 'range'] as const) expect(twice?.[name]).toBe(2 * (one?.[name] as number));
        expect(one?.relief).toBeLessThanOrEqual(one?.range as number);
      }),
    );
  });
});
