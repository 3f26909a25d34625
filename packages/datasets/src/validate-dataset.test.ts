import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset, LabeledFile } from './dataset.js';
import { loadMask } from './load-mask.js';
import { grayPng, temporaryFolder, writeFiles } from './testing/files.js';
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
