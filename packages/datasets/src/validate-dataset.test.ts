import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset, LabeledFile } from './dataset.js';
import { loadMask } from './load-mask.js';
import { depthTiff, grayPng, npy, temporaryFolder, writeFiles } from './testing/files.js';
import { validateDataset } from './validate-dataset.js';

const folder = temporaryFolder();
const path = (name: string): string => join(folder, name);

function dataset(train: readonly string[], test: readonly (readonly [string, string])[] = []): Dataset {
  return {
    name: 'x/y', dataset: 'x', category: 'y', heldOut: [], notes: [],
    train: train.map((name) => ({ id: name, path: path(name) })),
    test: test.map(([name, mask]) => ({ id: name, path: path(name), label: 1, defect: 'cut', maskPath: path(mask) })),
  }; // prettier-ignore
}

beforeAll(async () => {
  writeFiles(folder, ['good.png', '1.png'], await grayPng(6, 9));
  writeFiles(folder, ['1_mask.png'], await grayPng(6, 9, 1));
  writeFiles(folder, ['turned.png'], await grayPng(9, 6));
  writeFiles(folder, ['text.png'], 'no picture');
  writeFiles(folder, ['cut.png'], (await grayPng(600, 900)).subarray(0, 200));
  writeFiles(folder, ['secret.png'], await grayPng(6, 9));
  chmodSync(path('secret.png'), 0o000);
});

describe('validateDataset', () => {
  it('accepts what is right and reports progress', async () => {
    const seen: [number, number][] = [];
    await validateDataset(dataset(['good.png', 'good.png'], [['1.png', '1_mask.png']]), { onProgress: (...at) => seen.push(at) });
    expect(seen).toEqual([[1, 3], [2, 3], [3, 3]]);
    await validateDataset(dataset(['good.png'], [['1.png', '1_mask.png']]), { pixels: true });
  });

  it('names a mask of another size and its image, with both sizes', async () => {
    const message = `${path('turned.png')}: a mask of 6x9 for ${path('1.png')} of 9x6 (width x height)`;
    await expect(validateDataset(dataset(['good.png'], [['1.png', 'turned.png']]))).rejects.toThrow(message);
    await expect(validateDataset(dataset(['good.png'], [['1.png', 'turned.png']]), { pixels: true })).rejects.toThrow(message);
  });

  it('names the first broken file in the list and counts the others', async () => {
    const message = `${path('text.png')}: not an image (starts with "no picture"); JPEG, PNG, TIFF, WebP and BMP are read (and 1 more files with problems)`;
    await expect(validateDataset(dataset(['good.png', 'text.png'], [['1.png', 'gone.png']]))).rejects.toThrow(message);
    await expect(validateDataset(dataset(['gone.png']))).rejects.toThrow(`${path('gone.png')}: no such file`);
  });

  it('finds damage behind a header when it is asked to look at pixels', async () => {
    await validateDataset(dataset(['cut.png']));
    await expect(validateDataset(dataset(['cut.png']), { pixels: true })).rejects.toThrow(`${path('cut.png')}: broken PNG (`);
  });

  it('names a file that may not be read, unless root asks, who may read all', async () => {
    const check = validateDataset(dataset(['secret.png']));
    if (process.getuid?.() === 0) await check;
    else await expect(check).rejects.toThrow(`${path('secret.png')}: not allowed to read it`);
  });

  describe('with depth', () => {
    const part = (image: string, depth: string) => ({ id: image, path: path(image), depthPath: path(depth) });
    const check = (train: Dataset['train'], options = {}) => validateDataset({ train, test: [] }, options);

    beforeAll(async () => {
      writeFiles(folder, ['1.tiff', '2.tiff'], depthTiff(6, 9));
      writeFiles(folder, ['1.npy'], npy(new Float32Array(6 * 9 * 3).fill(0.5), [6, 9, 3]));
      writeFiles(folder, ['turned.tiff'], depthTiff(9, 6));
      writeFiles(folder, ['small.tiff'], depthTiff(3, 4));
      writeFiles(folder, ['cut.tiff'], depthTiff(60, 90).subarray(0, 2000));
      writeFiles(folder, ['large.png'], await grayPng(60, 90));
    });

    it('accepts parts whose image and depth map have one size, and depth maps alone', async () => {
      for (const pixels of [false, true]) {
        await check([part('good.png', '1.tiff'), part('1.png', '1.npy')], { pixels });
        await check([part('1.tiff', '1.tiff'), part('1.npy', '1.npy')], { pixels });
        await validateDataset({ train: [], test: [{ ...part('1.tiff', '1.tiff'), label: 1, defect: 'cut', maskPath: path('1_mask.png') }] }, { pixels });
        await check([part('1.png', '1.png')], { pixels, depth: { unit: 'mm', scale: 0.1 } });
      }
    });

    it('tells a depth map of another size from one that is transposed', async () => {
      for (const pixels of [false, true]) {
        await expect(check([part('good.png', '1.tiff'), part('1.png', 'small.tiff')], { pixels })).rejects.toThrow(
          /small.tiff: a depth map of 4x3 for .*1.png of 9x6 \(width x height\)$/,
        );
        await expect(check([part('1.png', 'turned.tiff')], { pixels })).rejects.toThrow(
          `${path('turned.tiff')}: a depth map of 6x9 for ${path('1.png')} of 9x6 (width x height): it is transposed`,
        );
      }
      await expect(validateDataset({ train: [], test: [{ ...part('1.tiff', '1.tiff'), label: 1, defect: 'cut', maskPath: path('turned.png') }] })).rejects.toThrow(
        `${path('turned.png')}: a mask of 6x9 for ${path('1.tiff')} of 9x6`,
      );
    });

    it('looks at good images kept for a threshold, too', async () => {
      const validation = [part('1.png', 'turned.tiff')];
      const seen: [number, number][] = [];
      const list = { train: [part('1.png', '1.tiff')], validation, test: [] };
      await expect(validateDataset(list, { onProgress: (...at) => seen.push(at) })).rejects.toThrow('transposed');
      expect(seen.at(-1)).toEqual([2, 2]);
    });

    it('decodes the first depth map always, and all of them when asked for pixels', async () => {
      await expect(check([part('1.png', '1.png')])).rejects.toThrow(/1.png: .*--depth-scale/);
      await expect(check([part('large.png', 'cut.tiff')])).rejects.toThrow(path('cut.tiff'));
      await check([part('1.png', '1.tiff'), part('large.png', 'cut.tiff')]);
      await expect(check([part('1.png', '1.tiff'), part('large.png', 'cut.tiff')], { pixels: true })).rejects.toThrow(path('cut.tiff'));
      await expect(check([part('1.png', 'gone.tiff')])).rejects.toThrow(`${path('gone.tiff')}: no such file`);
      await expect(check([part('1.png', 'text.png')])).rejects.toThrow(path('text.png'));
    });

    it('names the mask of a good image that is not empty', async () => {
      const good = { ...part('1.png', '1.tiff'), label: 0 as const, defect: 'good', emptyMaskPath: path('1_mask.png') };
      await validateDataset({ train: [], test: [good] });
      await expect(validateDataset({ train: [], test: [good] }, { pixels: true })).rejects.toThrow(
        `${path('1_mask.png')}: marks a defect in ${path('1.png')}, which is listed as good`,
      );
    });
  });

  it('stops with its signal', async () => {
    const list = dataset(Array.from({ length: 50 }, () => 'good.png'));
    await expect(validateDataset(list, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});

describe('loadMask', () => {
  const file = (label: 0 | 1, maskPath?: string): LabeledFile => ({ id: '1', path: path('1.png'), label, defect: 'x', ...(maskPath && { maskPath }) });

  it('gives 0 and 1 at its own size or another', async () => {
    expect([...(await loadMask(file(1, path('1_mask.png'))))]).toEqual(new Array(54).fill(1));
    expect([...(await loadMask(file(1, path('1_mask.png')), [2, 3]))]).toEqual(new Array(6).fill(1));
  });

  it('is all 0 for a good image, and an error for a defective one without', async () => {
    expect([...(await loadMask(file(0)))]).toEqual(new Array(54).fill(0));
    expect(await loadMask(file(0), [4, 4])).toHaveLength(16);
    await expect(loadMask(file(1))).rejects.toThrow(`${path('1.png')}: a defective image without a mask`);
  });
});
