import { describeShared, expectClose, goldenArray, mulberry32, readGolden } from '@blemish-tools/jest';
import fc from 'fast-check';
import ndarray, { type NdArray } from 'ndarray';
import { resizeBilinear } from './resize-bilinear.js';

/** The triangle filter written out in float64 for every pixel alone, 8-bit rounding between the two passes. */
function naive(image: NdArray<Uint8Array>, [height, width]: [number, number]): number[] {
  const [h, w, channels] = image.shape as [number, number, number];
  const blend = (inSize: number, scale: number, i: number, read: (p: number) => number): number => {
    const support = Math.max(scale, 1);
    let sum = 0;
    let weights = 0;
    for (let p = 0; p < inSize; p++) {
      const weight = Math.max(0, 1 - Math.abs(p + 0.5 - (i + 0.5) * scale) / support);
      sum += weight * read(p);
      weights += weight;
    }
    return sum / weights;
  };
  const out: number[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++)
        out.push(blend(h, h / height, y, (p) => Math.round(blend(w, w / width, x, (q) => image.get(p, q, c)))));
  return out;
}

function noise(seed: number, shape: [number, number, number]): NdArray<Uint8Array> {
  const draw = mulberry32(seed);
  return ndarray(Uint8Array.from({ length: shape[0] * shape[1] * shape[2] }, () => 256 * draw()), shape);
}

const side = fc.integer({ min: 1, max: 40 });

describe('resizeBilinear', () => {
  it.each<[[number, number, number], [number, number]]>([
    [[13, 17, 3], [7, 29]],
    [[13, 17, 1], [40, 5]],
    [[9, 9, 4], [1, 1]],
    [[1, 1, 3], [4, 6]],
  ])('is the filter of a naive float64 version: %j to %j', (shape, size) => {
    const image = noise(7, shape);
    const resized = resizeBilinear(image, size);
    expect(resized.shape).toEqual([...size, shape[2]]);
    const want = naive(image, size);
    // Before the second rounding the two differ by what 22-bit weights and a tie in the first rounding may do.
    want.forEach((value, i) => expect(Math.abs((resized.data[i] as number) - value)).toBeLessThan(0.51 + 0.5));
    const exact = want.filter((value, i) => Math.round(value) === resized.data[i]).length;
    expect(exact).toBeGreaterThanOrEqual(0.99 * want.length);
  });

  it('keeps a constant image constant', () => {
    fc.assert(
      fc.property(side, side, side, side, fc.integer({ min: 0, max: 255 }), fc.constantFrom(1, 3, 4), (h, w, h2, w2, value, c) => {
        const resized = resizeBilinear(ndarray(new Uint8Array(h * w * c).fill(value), [h, w, c]), [h2, w2]);
        expect(resized.data.every((level) => level === value)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('gives back the same levels in new memory at the same size', () => {
    const image = noise(1, [6, 5, 3]);
    const resized = resizeBilinear(image, [6, 5]);
    expect([...resized.data]).toEqual([...image.data]);
    resized.data.fill(0);
    expect(image.data.some((level) => level > 0)).toBe(true);
  });

  it('commutes with transposing and mirroring one side at a time, and reads strided views', () => {
    const image = noise(2, [11, 8, 3]);
    const mirrored = resizeBilinear(image.step(1, -1, 1), [11, 5]);
    const plain = resizeBilinear(image, [11, 5]);
    for (let y = 0; y < 11; y++)
      for (let x = 0; x < 5; x++) expect(mirrored.get(y, x, 1)).toBe(plain.get(y, 4 - x, 1));
    const turned = resizeBilinear(image.transpose(1, 0, 2), [5, 11]);
    const columns = resizeBilinear(image, [11, 5]);
    for (let y = 0; y < 11; y++) for (let x = 0; x < 5; x++) expect(turned.get(x, y, 2)).toBe(columns.get(y, x, 2));
  });

  it('never leaves the range of the image', () => {
    fc.assert(
      fc.property(side, side, side, side, fc.integer(), (h, w, h2, w2, seed) => {
        const image = noise(seed, [h, w, 3]);
        const levels = resizeBilinear(image, [h2, w2]).data;
        expect(Math.min(...levels)).toBeGreaterThanOrEqual(Math.min(...image.data));
        expect(Math.max(...levels)).toBeLessThanOrEqual(Math.max(...image.data));
      }),
      { numRuns: 60 },
    );
  });

  it('says what it cannot resize', () => {
    const image = noise(1, [4, 4, 3]);
    expect(() => resizeBilinear(image, [0, 4])).toThrow('resizeBilinear: expected [height, width] in whole pixels above 0, got [0, 4]');
    expect(() => resizeBilinear(image, [2.5, 4])).toThrow('got [2.5, 4]');
    expect(() => resizeBilinear(ndarray(new Uint8Array(4), [2, 2]), [4, 4])).toThrow('expected an image of shape [height, width, channels], got [2, 2]');
    expect(() => resizeBilinear(ndarray(new Uint8Array(0), [0, 2, 3]), [4, 4])).toThrow('got [0, 2, 3]');
  });
});

describeShared('resizeBilinear against Pillow', 'golden/preprocess/preprocess.safetensors', (path) => {
  const golden = readGolden(path);
  const input = goldenArray(golden, 'rgb/in_50x40_u8_HWC');
  it.each([[32, 32], [96, 96], [25, 20], [64, 48]])('equals it to the level at %dx%d', (height, width) => {
    const image = ndarray(input.data as Uint8Array, [50, 40, 3]);
    expectClose(
      resizeBilinear(image, [height, width]).data,
      goldenArray(golden, `rgb/resize_${height}x${width}_u8_HWC`).data,
      { tolerance: 0, label: `preprocess rgb ${height}x${width}`, backend: 'pure' },
    );
  });

  it('leads to the normalised tensor of torchvision', () => {
    const levels = resizeBilinear(ndarray(input.data as Uint8Array, [50, 40, 3]), [32, 32]);
    const mean = [0.485, 0.456, 0.406];
    const deviation = [0.229, 0.224, 0.225];
    const normalised = new Float32Array(3 * 32 * 32); // [C,H,W]
    for (let c = 0; c < 3; c++)
      for (let i = 0; i < 32 * 32; i++)
        normalised[c * 1024 + i] = ((levels.data[i * 3 + c] as number) / 255 - (mean[c] as number)) / (deviation[c] as number);
    const want = goldenArray(golden, 'rgb/normalized_32x32_CHW').data;
    expectClose(normalised, want, { tolerance: 1e-6, label: 'preprocess rgb normalised', backend: 'pure' });
  });
});
