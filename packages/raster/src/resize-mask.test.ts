import { describeShared, expectClose, goldenArray, mulberry32, readGolden } from '@blemish-tools/jest';
import fc from 'fast-check';
import { resizeMask } from './resize-mask.js';

/** Bilinear interpolation of the mask, written out, then > 0; scales are float32, as in PyTorch. */
function naive(mask: Uint8Array, [h, w]: [number, number], [height, width]: [number, number]): Uint8Array {
  const out = new Uint8Array(height * width);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const v = Math.max(0, (y + 0.5) * Math.fround(h / height) - 0.5);
      const u = Math.max(0, (x + 0.5) * Math.fround(w / width) - 0.5);
      const [p, q] = [Math.floor(v), Math.floor(u)];
      const at = (i: number, j: number): number => mask[Math.min(i, h - 1) * w + Math.min(j, w - 1)] as number;
      const value =
        (1 - v + p) * ((1 - u + q) * at(p, q) + (u - q) * at(p, q + 1)) +
        (v - p) * ((1 - u + q) * at(p + 1, q) + (u - q) * at(p + 1, q + 1));
      out[y * width + x] = value > 0 ? 1 : 0;
    }
  return out;
}

function spots(seed: number, count: number, share: number): Uint8Array {
  const draw = mulberry32(seed);
  return Uint8Array.from({ length: count }, () => (draw() < share ? 255 : 0));
}

describe('resizeMask', () => {
  it.each<[[number, number], [number, number]]>([
    [[50, 40], [24, 24]],
    [[64, 64], [16, 16]],
    [[9, 12], [30, 31]],
    [[96, 96], [32, 32]],
    [[1, 1], [3, 2]],
  ])('is bilinear and then > 0: %j to %j', (shape, outShape) => {
    const mask = spots(5, shape[0] * shape[1], 0.05);
    expect([...resizeMask(mask, shape, outShape)]).toEqual([...naive(mask, shape, outShape)]);
  });

  it('keeps the same size as it is, with levels turned into 0 and 1', () => {
    expect([...resizeMask([0, 1, 128, 255], [2, 2], [2, 2])]).toEqual([0, 1, 1, 1]);
  });

  it('keeps nothing nothing, everything everything, and every defect when it grows', () => {
    const side = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(side, side, side, side, fc.integer(), (h, w, more, wider, seed) => {
        expect(resizeMask(new Uint8Array(h * w), [h, w], [more, wider]).some((v) => v !== 0)).toBe(false);
        expect(resizeMask(new Uint8Array(h * w).fill(7), [h, w], [more, wider]).every((v) => v === 1)).toBe(true);
        const mask = spots(seed, h * w, 0.1);
        const grown = resizeMask(mask, [h, w], [h + more, w + wider]);
        expect(grown.includes(1)).toBe(mask.includes(255));
      }),
      { numRuns: 60 },
    );
  });

  it('says which shape does not fit', () => {
    expect(() => resizeMask(new Uint8Array(3), [2, 2], [4, 4])).toThrow('resizeMask: expected 4 values for [2, 2], got 3');
  });
});

describeShared('resizeMask against torchvision', 'golden/preprocess/preprocess.safetensors', (path) => {
  const golden = readGolden(path);
  it.each([24, 192])('equals gt/transform_%d', (size) => {
    const mask = goldenArray(golden, 'gt/in_50x40').data;
    const want = goldenArray(golden, `gt/transform_${size}`).data;
    expectClose(resizeMask(mask, [50, 40], [size, size]), want, { tolerance: 0, label: `preprocess gt ${size}`, backend: 'pure' });
  });
});
