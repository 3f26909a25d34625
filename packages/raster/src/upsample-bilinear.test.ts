import { upsampleBilinear } from './upsample-bilinear.js';

describe('upsampleBilinear', () => {
  it('aligns the centres of pixels, and holds the edges', () => {
    // Output centres of 2 to 4 lie at -0.25, 0.25, 0.75, 1.25 of the input.
    expect([...upsampleBilinear(Float32Array.of(0, 4), [1, 2], [1, 4])]).toEqual([0, 1, 3, 4]);
    expect([...upsampleBilinear(Float32Array.of(0, 4), [2, 1], [4, 1])]).toEqual([0, 1, 3, 4]);
  });

  it('reads two pixels a side however far it shrinks', () => {
    expect([...upsampleBilinear(Float32Array.of(8, 1, 3, 8), [1, 4], [1, 1])]).toEqual([2]);
  });

  it('leaves a map of the same size as it is', () => {
    const map = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i));
    expect(upsampleBilinear(map, [3, 4], [3, 4])).toEqual(map);
  });

  it('refuses a shape that does not fit', () => {
    expect(() => upsampleBilinear(new Float32Array(3), [2, 2], [2, 2])).toThrow('upsampleBilinear: expected 4 values for [2, 2], got 3');
  });
});
