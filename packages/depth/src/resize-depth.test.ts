import { expectClose, uniformTensor } from '@blemish-tools/jest';
import fc from 'fast-check';
import ndarray from 'ndarray';
import { resizeDepth } from './resize-depth.js';
import { strided } from './testing/drawn-part.js';

/** Bilinear interpolation by its definition, in float64. */
function naive(map: Float32Array, [h, w]: readonly [number, number], [height, width]: readonly [number, number]): Float64Array {
  const at = (y: number, x: number): number => map[Math.min(y, h - 1) * w + Math.min(x, w - 1)] as number;
  return Float64Array.from({ length: height * width }, (_, i) => {
    const v = Math.max(0, (Math.floor(i / width) + 0.5) * (h / height) - 0.5);
    const u = Math.max(0, ((i % width) + 0.5) * (w / width) - 0.5);
    const [p, q] = [Math.floor(v), Math.floor(u)];
    return (
      (1 - v + p) * ((1 - u + q) * at(p, q) + (u - q) * at(p, q + 1)) + (v - p) * ((1 - u + q) * at(p + 1, q) + (u - q) * at(p + 1, q + 1))
    );
  });
}

describe('resizeDepth', () => {
  it.each<[[number, number], [number, number]]>([
    [[64, 64], [192, 192]],
    [[48, 80], [24, 24]],
    [[800, 640], [192, 96]],
    [[5, 7], [40, 3]],
    [[1, 1], [3, 2]],
  ])('is bilinear without antialiasing: %j to %j', (shape, outShape) => {
    const map = uniformTensor(4, shape[0] * shape[1], -5, 5);
    const options = { tolerance: 1e-6 * Math.max(...shape), label: 'fixture bilinear', backend: 'pure' }; // positions are float32
    expectClose(resizeDepth(ndarray(map, [...shape]), outShape).data, naive(map, shape, outShape), options);
  });

  it('keeps a constant map constant, a map of the same size as it is, and everything in its range', () => {
    const side = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(side, side, side, side, fc.integer(), (h, w, height, width, seed) => {
        const map = ndarray(uniformTensor(seed, h * w, -1, 1), [h, w]);
        expect([...resizeDepth(map, [h, w]).data]).toEqual([...map.data]);
        const { data } = resizeDepth(map, [height, width]);
        expect(Math.min(...data)).toBeGreaterThanOrEqual(Math.min(...map.data));
        expect(Math.max(...data)).toBeLessThanOrEqual(Math.max(...map.data));
        expect(resizeDepth(strided(map), [height, width]).data).toEqual(data);
      }),
    );
  });

  it('refuses sides that are no whole pixels', () => {
    const map = ndarray(new Float32Array(4), [2, 2]);
    expect(() => resizeDepth(map, [0, 2])).toThrow('resizeDepth: expected [height, width] in whole pixels above 0, got [0, 2]');
    expect(() => resizeDepth(ndarray(new Float32Array(0), [0, 2]), [2, 2])).toThrow('expected a map of shape [height, width], got [0, 2]');
  });
});
