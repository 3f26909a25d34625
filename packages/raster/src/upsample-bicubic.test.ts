import { describeShared, expectClose, goldenArray, readGolden, uniformTensor } from '@blemish-tools/jest';
import fc from 'fast-check';
import { upsampleBicubic } from './upsample-bicubic.js';

/** Keys' kernel by its definition, all sixteen taps summed for each pixel. */
function naive(map: Float32Array, [h, w]: [number, number], [height, width]: [number, number]): Float64Array {
  const a = -0.75;
  const kernel = (distance: number): number => {
    const d = Math.abs(distance);
    if (d <= 1) return (a + 2) * d ** 3 - (a + 3) * d ** 2 + 1;
    return d < 2 ? a * d ** 3 - 5 * a * d ** 2 + 8 * a * d - 4 * a : 0;
  };
  const out = new Float64Array(height * width);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const v = ((y + 0.5) * h) / height - 0.5;
      const u = ((x + 0.5) * w) / width - 0.5;
      let sum = 0;
      for (let p = Math.floor(v) - 1; p <= Math.floor(v) + 2; p++)
        for (let q = Math.floor(u) - 1; q <= Math.floor(u) + 2; q++) {
          const row = Math.min(Math.max(p, 0), h - 1);
          const column = Math.min(Math.max(q, 0), w - 1);
          sum += kernel(v - p) * kernel(u - q) * (map[row * w + column] as number);
        }
      out[y * width + x] = sum;
    }
  return out;
}

describe('upsampleBicubic', () => {
  it.each<[[number, number], [number, number]]>([
    [[5, 7], [40, 56]],
    [[6, 4], [9, 31]],
    [[1, 3], [8, 8]],
    [[12, 10], [5, 3]],
  ])('is cubic convolution: %j to %j', (shape, outShape) => {
    const map = uniformTensor(3, shape[0] * shape[1], -2, 2);
    const options = { tolerance: 5e-7, label: 'fixture bicubic', backend: 'pure' };
    expectClose(upsampleBicubic(map, shape, outShape), naive(map, shape, outShape), options);
  });

  it('keeps a constant map constant and a map of the same size as it is', () => {
    const side = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(side, side, side, side, fc.float({ min: -100, max: 100, noNaN: true }), (h, w, height, width, value) => {
        const out = upsampleBicubic(new Float32Array(h * w).fill(value), [h, w], [height, width]);
        expect(out.every((v) => Math.abs(v - value) <= 1e-5 * Math.abs(value))).toBe(true);
      }),
      { numRuns: 50 },
    );
    const map = uniformTensor(1, 35, 0, 1);
    expect([...upsampleBicubic(map, [5, 7], [5, 7])]).toEqual([...map]);
  });

  it('is linear in the map', () => {
    const [f, g] = [uniformTensor(1, 20, 0, 1), uniformTensor(2, 20, 0, 1)];
    const sum = upsampleBicubic(f.map((v, i) => 2 * v + (g[i] as number)), [4, 5], [30, 30]);
    const [u, v] = [upsampleBicubic(f, [4, 5], [30, 30]), upsampleBicubic(g, [4, 5], [30, 30])];
    sum.forEach((value, i) => expect(value).toBeCloseTo(2 * (u[i] as number) + (v[i] as number), 5));
  });

  it('says which shape does not fit', () => {
    expect(() => upsampleBicubic(new Float32Array(6), [2, 2], [4, 4])).toThrow('expected 4 values for [2, 2], got 6');
    expect(() => upsampleBicubic(new Float32Array(4), [2, 2], [4, -4])).toThrow('outShape: expected [height, width] in whole pixels above 0, got [4, -4]');
  });
});

describeShared('upsampleBicubic against PyTorch', 'golden/preprocess/preprocess.safetensors', (path) => {
  const golden = readGolden(path);
  it.each(['bicubic_up8', 'bicubic_up8_5x7'])('equals %s', (name) => {
    const input = goldenArray(golden, `${name}/in`);
    const output = goldenArray(golden, `${name}/out`);
    const [, , h, w] = input.shape as [number, number, number, number];
    const out = upsampleBicubic(input.data as Float32Array, [h, w], [h * 8, w * 8]);
    expectClose(out, output.data, { tolerance: 1e-5, label: `preprocess ${name}`, backend: 'pure' });
  });
});
