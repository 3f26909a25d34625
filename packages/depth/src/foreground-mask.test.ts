import fc from 'fast-check';
import ndarray from 'ndarray';
import { backgroundPlane } from './background-plane.js';
import { foregroundMask } from './foreground-mask.js';
import { drawnPart, strided } from './testing/drawn-part.js';

describe('foregroundMask', () => {
  it('marks what is measured and further than the threshold from the background, on either side', () => {
    const z = ndarray(Float32Array.of(0.5, 0.49, 0.51, 0, NaN, Infinity, 0.495, 0.505), [2, 4]);
    const background = ndarray(new Float64Array(8).fill(0.5), [2, 4]);
    expect([...foregroundMask(z, background).data]).toEqual([0, 1, 1, 0, 0, 0, 0, 0]);
    expect([...foregroundMask(z, background, 0.004).data]).toEqual([0, 1, 1, 0, 0, 0, 1, 1]);
    expect(foregroundMask(strided(z), background)).toEqual(foregroundMask(z, background));
  });

  it('under the border fit does not see a plane that is added to the map, but at the threshold', () => {
    const slope = fc.double({ min: -1e-3, max: 1e-3, noNaN: true });
    const offset = fc.double({ min: -0.1, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(slope, slope, offset, fc.integer(), (a, b, c, seed) => {
        const z = drawnPart(40, 50, { seed });
        const added = z.data.map((value, i) => (value === 0 ? 0 : value + a * (i % 50) + b * Math.floor(i / 50) + c));
        const moved = ndarray(added, [40, 50]);
        const plane = backgroundPlane(z, { fit: 'border' });
        const before = foregroundMask(z, plane).data;
        const after = foregroundMask(moved, backgroundPlane(moved, { fit: 'border' })).data;
        expect(before).toContain(1);
        const changed: number[] = [];
        before.forEach((marked, i) => {
          const distance = Math.abs((plane.data[i] as number) - (z.data[i] as number));
          if (Math.abs(distance - 0.007) > 2e-6 && after[i] !== marked) changed.push(i);
        });
        expect(changed).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('says what does not fit', () => {
    const z = ndarray(new Float32Array(6), [2, 3]);
    expect(() => foregroundMask(z, ndarray(new Float64Array(6), [3, 2]))).toThrow('foreground: expected a background of [2, 3], the map\'s size, got [3, 2]');
    expect(() => foregroundMask(z, ndarray(new Float64Array(6), [2, 3]), NaN)).toThrow('foreground: expected a threshold in metres of at least 0, got NaN');
  });
});
