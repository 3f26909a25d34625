import fc from 'fast-check';
import ndarray from 'ndarray';
import { centreDepth } from './centre-depth.js';
import { depthMaps } from './testing/arbitrary-depth.js';
import { strided } from './testing/drawn-part.js';

describe('centreDepth', () => {
  it('is centimetres from the mean of the foreground, 0 elsewhere', () => {
    const z = ndarray(Float32Array.of(0.5, 0.25, 0.75, 0, 9, NaN), [2, 3]);
    const mask = ndarray(Uint8Array.of(0, 1, 7, 1, 0, 1), [2, 3]);
    expect([...centreDepth(z, mask).data]).toEqual([0, -25, 25, 0, 0, 0]);
    expect([...centreDepth(z, mask, { scale: 2 }).data]).toEqual([0, -0.5, 0.5, 0, 0, 0]);
    expect(centreDepth(strided(z), strided(mask))).toEqual(centreDepth(z, mask));
  });

  it('has a mean of 0, and does not see a depth that is added', () => {
    fc.assert(
      fc.property(depthMaps(), fc.double({ min: 0, max: 1, noNaN: true }), (z, more) => {
        const mask = ndarray(Uint8Array.from(z.data, (value) => (value > 0.5 ? 1 : 0)), z.shape);
        if (!mask.data.includes(1)) return;
        const { data } = centreDepth(z, mask);
        expect(Math.abs(data.reduce((a, b) => a + b, 0))).toBeLessThan(1e-4 * data.length);
        const moved = centreDepth(ndarray(z.data.map((value) => value && value + more), z.shape), mask).data;
        data.forEach((value, i) => expect(Math.abs(value - (moved[i] as number))).toBeLessThan(5e-5));
      }),
    );
  });

  it('says when there is no foreground, and what does not fit', () => {
    const z = ndarray(Float32Array.of(0.5, 0.25, NaN, 0), [2, 2]);
    const nothing = /^foreground: expected measured pixels that stand out of the background, got none of 4$/;
    expect(() => centreDepth(z, ndarray(new Uint8Array(4), [2, 2]))).toThrow(nothing);
    expect(() => centreDepth(z, ndarray(Uint8Array.of(0, 0, 1, 1), [2, 2]))).toThrow(nothing);
    expect(() => centreDepth(z, ndarray(new Uint8Array(4), [1, 4]))).toThrow("centreDepth: expected a mask of [2, 2], the map's size, got [1, 4]");
    expect(() => centreDepth(z, ndarray(new Uint8Array(4), [2, 2]), { scale: NaN })).toThrow('centreDepth: expected a finite scale, got NaN');
  });
});
