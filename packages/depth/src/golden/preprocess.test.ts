import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeShared, expectClose, goldenArray, readGolden, toNhwc } from '@blemish-tools/jest';
import { resizeMask } from '@blemish/raster';
import ndarray, { type NdArray } from 'ndarray';
import { backgroundPlane } from '../background-plane.js';
import { centreDepth } from '../centre-depth.js';
import { cornerMeans } from '../corner-means.js';
import { dilate } from '../dilate.js';
import { fillGaps } from '../fill-gaps.js';
import { foregroundMask } from '../foreground-mask.js';
import { pixelShuffle } from '../pixel-shuffle.js';
import { pixelUnshuffle } from '../pixel-unshuffle.js';
import { prepareDepth } from '../prepare-depth.js';
import { resizeDepth } from '../resize-depth.js';
import { zOf } from '../z-of.js';

/** What preprocess.json says of a case; the corners are not given where one is NaN. */
interface GoldenCase {
  readonly zero_pixels_in: number;
  readonly zero_pixels_after_3_fills: number;
  readonly foreground_pixels: number;
  readonly mean_fg: number | string;
  readonly [corners: string]: number | string | readonly (number | string)[];
}

const cornersKey = 'corner_values(upper_left,upper_right,lower_left,lower_right as named in the code)';
const sizes = { a_64x64: [192, 24, 40], b_48x80: [24, 40] } as const;

describeShared('the depth recipe against the released code', 'golden/preprocess/preprocess.safetensors', (path) => {
  const golden = readGolden(path);
  const { cases } = JSON.parse(readFileSync(join(dirname(path), 'preprocess.json'), 'utf8')) as { cases: Record<string, GoldenCase> };
  const floats = (name: string): Float32Array => goldenArray(golden, name).data as Float32Array;
  const bytes = (name: string): Uint8Array => goldenArray(golden, name).data as Uint8Array;

  function cloud(name: string): NdArray<Float32Array> {
    const { shape } = goldenArray(golden, `${name}/xyz`);
    return ndarray(floats(`${name}/xyz`), [...shape]);
  }

  /** Element by element, relative to the value; a missing pixel must be missing. */
  function expectRelative(actual: Float32Array, want: Float32Array, label: string): void {
    const errors = Float64Array.from(actual, (value, i) => (want[i] === 0 ? value : value / (want[i] as number) - 1));
    expectClose(errors, new Float64Array(errors.length), { tolerance: 2e-7, label, backend: 'pure' });
    expect(actual).toEqual(want); // to the last bit, which the README of the material does not ask for
  }

  function recipe(name: string): { filled: NdArray<Float32Array>; mask: NdArray<Uint8Array>; depth: NdArray<Float32Array> } {
    const filled = fillGaps(zOf(cloud(name)));
    const mask = foregroundMask(filled, backgroundPlane(filled));
    return { filled, mask, depth: centreDepth(filled, mask) };
  }

  it.each(Object.keys(cases))('fills the gaps of %s', (name) => {
    const z = zOf(cloud(name));
    const once = fillGaps(z, { passes: 1 }).data;
    const thrice = fillGaps(z).data;
    expectRelative(once, floats(`${name}/z_fill_pass1`), `preprocess ${name} fill 1`);
    expectRelative(thrice, floats(`${name}/z_filled`), `preprocess ${name} fill 3`);
    const { zero_pixels_in, zero_pixels_after_3_fills } = cases[name] as GoldenCase;
    const zeros = (values: Float32Array): number => values.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
    expect(zeros(fillGaps(z, { passes: 0 }).data)).toBe(zero_pixels_in);
    expect(zeros(thrice)).toBe(zero_pixels_after_3_fills);
  });

  describe.each(Object.entries(sizes))('%s', (name, outSizes) => {
    it('has the corners, the foreground and the centred depth of the code', () => {
      const { filled, mask, depth } = recipe(name);
      const known = cases[name] as GoldenCase;
      const [height, width] = filled.shape as [number, number];
      const [topLeft, topRight, bottomLeft, bottomRight] = cornerMeans({ data: filled.data, height, width });
      const corners = [topLeft, bottomLeft, topRight, bottomRight]; // the code calls the first axis the width
      expectClose(corners, known[cornersKey] as readonly number[], { tolerance: 1e-7, label: `preprocess ${name} corners`, backend: 'pure' });
      expect(mask.data).toEqual(bytes(`${name}/foreground`));
      expect(mask.data.reduce((a, b) => a + b, 0)).toBe(known.foreground_pixels);
      expectClose(depth.data, floats(`${name}/get3d_depth`), { tolerance: 1e-5, label: `preprocess ${name} get_3D`, backend: 'pure' });
    });

    it.each([...outSizes])('is transformed as by the code to %d', (size) => {
      const { mask, depth } = recipe(name);
      const transformed = resizeDepth(depth, [size, size]).data;
      expectClose(transformed, floats(`${name}/transform_depth_${size}`), { tolerance: 1e-5, label: `preprocess ${name} depth ${size}`, backend: 'pure' });
      const binary = resizeMask(mask.data, mask.shape as [number, number], [size, size]);
      expect(binary).toEqual(bytes(`${name}/transform_fg_${size}`));
    });
  });

  it('gives in one call the channels and masks of a_64x64', () => {
    const name = 'a_64x64';
    const { channels, mask, foreground, shape } = prepareDepth(zOf(cloud(name)));
    expect(shape).toEqual([24, 24, 64]);
    const depth = pixelShuffle(ndarray(channels, [...shape]), 8);
    expectClose(depth.data, floats(`${name}/transform_depth_192`), { tolerance: 1e-5, label: `preprocess ${name} channels`, backend: 'pure' });
    expect(foreground).toEqual(bytes(`${name}/fg_192_dilated_8x8`));
    expectClose(mask, floats(`${name}/fg_24_from_dilated(bin=False)`), { tolerance: 1e-6, label: `preprocess ${name} mask`, backend: 'pure' });
    expect(mask.map((value) => (value > 0 ? 1 : 0))).toEqual(Float32Array.from(bytes(`${name}/fg_24_from_dilated(bin=True)`)));
  });

  it('finds the part of c_corner_gone_64x64, where the code finds nothing but NaN', () => {
    const name = 'c_corner_gone_64x64';
    expect(cases[name]?.foreground_pixels).toBe(0);
    for (const background of ['corners', 'border'] as const) {
      const { channels, mask } = prepareDepth(zOf(cloud(name)), { background });
      expect([channels, mask].every((values) => values.every((value) => Number.isFinite(value)))).toBe(true);
      const whole = prepareDepth(zOf(cloud('a_64x64')), { background }).mask; // a part like it
      const total = (values: Float32Array): number => values.reduce((a, b) => a + b, 0);
      expect(Math.abs(total(mask) / total(whole) - 1)).toBeLessThan(0.1);
    }
  });

  it.each([3, 4, 5, 8])('dilates as SciPy, size %d', (size) => {
    const mask = ndarray(new Uint8Array(20 * 22), [20, 22]);
    for (const [y, x] of [[10, 11], [0, 0], [19, 21]] as const) mask.set(y, x, 1);
    expect(dilate(mask, size).data).toEqual(bytes(`dilation/size_${size}`));
  });

  it.each([['unshuffle8', 8], ['unshuffle2_2ch', 2]] as const)('unshuffles as PyTorch: %s', (name, r) => {
    const input = goldenArray(golden, `${name}/in`);
    const output = goldenArray(golden, `${name}/out`);
    const [n, channels, height, width] = input.shape as [number, number, number, number];
    const nhwc = toNhwc(input.data, input.shape);
    const want = toNhwc(output.data, output.shape);
    for (let image = 0, count = channels * height * width; image < n; image++) {
      const map = ndarray(nhwc.subarray(image * count, (image + 1) * count), channels === 1 ? [height, width] : [height, width, channels]);
      const out = pixelUnshuffle(map, r);
      expect(out.data).toEqual(want.slice(image * count, (image + 1) * count));
      expect([...pixelShuffle(out, r).data]).toEqual([...map.data]);
    }
  });
});
