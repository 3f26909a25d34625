import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSyntheticDataset, type Dataset } from '@blemish/datasets';
import { checkDataset, datasetNames, datasetOptionsOf, listDataset } from './dataset-options.js';
import { UsageError } from './errors.js';
import { recordedTerminal } from './testing/recorded-terminal.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';
import { writeParts } from './testing/write-parts.js';

const folder = temporaryFolder();
const data = join(folder, 'drawn');
const parts = join(data, 'parts');
const scanned = join(folder, 'scanned');
const cap = (below: string): string => join(scanned, 'cap', below);
beforeAll(async () => {
  await writeSyntheticDataset(data, { seed: 1, train: 10, testGood: 2, testDefective: 4, size: 96 });
  await writeParts(scanned, 'cap');
});

const counts = ({ train, test }: Dataset): number[] => [train.length, test.length];

it('keeps the options that name images, and only those given', () => {
  expect(datasetOptionsOf({ data: 'a', category: undefined, seed: 3, out: 'x' } as never)).toEqual({ data: 'a' });
  const depth = { modality: 'depth', goodDepth: 'a', testGoodDepth: 'b', defectiveDepth: 'c', depthUnit: 'mm', depthScale: 0.1 } as const;
  expect(datasetOptionsOf(depth)).toEqual(depth);
});

it('names runs after the data set, or after the folder', () => {
  expect(datasetNames({ data: 'a/mvtec_ad/', category: 'bottle' })).toEqual({ dataset: 'mvtec_ad', category: 'bottle' });
  expect(datasetNames({ good: 'a/screws' })).toEqual({ dataset: 'folder', category: 'screws' });
  expect(datasetNames({ defective: 'a/bad/' })).toEqual({ dataset: 'folder', category: 'bad' });
  expect(datasetNames({ goodDepth: 'a/clouds', defectiveDepth: 'b' })).toEqual({ dataset: 'folder', category: 'clouds' });
});

describe('listDataset', () => {
  it('lists a data set, and plain folders', async () => {
    expect(counts(await listDataset({ data, category: 'parts' }, 0))).toEqual([10, 6]);
    expect(counts(await listDataset({ good: join(parts, 'train/good') }, 0))).toEqual([10, 0]);
  });

  it('keeps the same good images out of training for the same seed', async () => {
    const folders = { good: join(parts, 'train/good'), defective: join(parts, 'test/chip') };
    const first = await listDataset(folders, 4);
    expect(counts(first)).toEqual([8, 3]);
    expect(first.heldOut).toHaveLength(2);
    expect(first.notes).toContain('2 of 10 good images are kept out of training for the test (seed 4)');
    expect((await listDataset(folders, 4)).heldOut).toEqual(first.heldOut);
  });

  it('takes the images on a list only, in the data set’s order', async () => {
    const trainList = writeInto(folder, 'train.txt', 'train/good/007.png\r\n\n  train/good/002.png\n');
    const testList = writeInto(folder, 'test.txt', 'test/good/001.png\n');
    const { train, test } = await listDataset({ data, category: 'parts', trainList, testList }, 0);
    expect([train, test].map((files) => files.map(({ id }) => id))).toEqual([['train/good/002.png', 'train/good/007.png'], ['test/good/001.png']]);
  });

  it('refuses a list that names what is not there', async () => {
    const testList = writeInto(folder, 'wrong.txt', 'test/good/001.png\ntest/good/1.png\n');
    await expect(listDataset({ data, category: 'parts', testList }, 0)).rejects.toThrow(`${testList}: 'test/good/1.png' is no image of the data set`);
    await expect(listDataset({ data, category: 'parts', testList: 'none' }, 0)).rejects.toThrow('none: cannot read the list of images: there is no such file');
  });

  it.each([
    [{}, 'images: expected --data ROOT --category NAME, or --good FOLDER, got neither'],
    [{ data: 'x' }, '--data: expected --category beside it, got none'],
    [{ good: 'x', category: 'y' }, '--category: expected --data beside it, got none'],
    [{ data: 'x', category: 'y', good: 'z' }, '--data: give either --data with --category, or folders with --good, not both'],
    [{ data: 'x', category: 'y', masks: 'z' }, '--data: give either'],
  ])('refuses %j as usage', async (options, message) => {
    const failure = listDataset(options, 0);
    await expect(failure).rejects.toThrow(UsageError);
    await expect(failure).rejects.toThrow(message);
  });
});

describe('listDataset with depth', () => {
  it('lists either layout, with what the modality looks at', async () => {
    const both = await listDataset({ data: scanned, category: 'cap', modality: 'rgb+depth' }, 0);
    expect([...counts(both), both.validation?.length]).toEqual([10, 4, 3]);
    expect(both.train[0]).toEqual({ id: 'train/good/000.png', path: cap('train/good/rgb/000.png'), depthPath: cap('train/good/xyz/000.tiff') });
    expect((await listDataset({ data: scanned, category: 'cap' }, 0)).train[0]).not.toHaveProperty('depthPath');
    const depth = await listDataset({ data: scanned, category: 'cap', modality: 'depth' }, 0);
    expect(depth.test.map(({ id }) => id)).toEqual(['test/good/000.tiff', 'test/good/001.tiff', 'test/dent/000.tiff', 'test/dent/001.tiff']);
    const heights = await listDataset({ data, category: 'parts', modality: 'depth' }, 0);
    expect(heights.train.every(({ path, depthPath }) => path === depthPath)).toBe(true);
    await expect(listDataset({ data, category: 'parts', modality: 'rgb+depth' }, 0)).rejects.toThrow(`${parts}: one picture a part, as in MVTec AD`);
  });

  it('lists plain folders of images and depth maps, or of depth maps alone', async () => {
    const images = { good: cap('train/good/rgb'), defective: cap('test/dent/rgb'), masks: cap('test/dent/gt') };
    const depths = { goodDepth: cap('train/good/xyz'), defectiveDepth: cap('test/dent/xyz') };
    const both = await listDataset({ ...images, ...depths }, 4);
    expect(both.test[3]).toMatchObject({ id: 'test/defective/001.png', depthPath: cap('test/dent/xyz/001.tiff'), maskPath: cap('test/dent/gt/001.png') });
    expect(both.heldOut).toEqual((await listDataset(images, 4)).heldOut);
    const alone = await listDataset({ ...depths, masks: images.masks }, 4);
    expect(alone.test[3]).toMatchObject({ id: 'test/defective/001.tiff', maskPath: cap('test/dent/gt/001.png') });
    expect((await listDataset({ ...images, ...depths, modality: 'rgb' }, 4)).notes).toContain('depth maps are not looked at: modality rgb');
  });

  it.each([
    [{ data: 'x', category: 'y', goodDepth: 'z' }, '--data: give either'],
    [{ good: 'x', goodDepth: 'y', defective: 'z' }, '--defective: expected --defective-depth beside it for modality rgb+depth, got none'],
    [{ good: 'x', modality: 'depth' }, '--good: expected --good-depth beside it for modality depth, got none'],
    [{ goodDepth: 'x', modality: 'rgb' }, '--good-depth: expected --good beside it for modality rgb, got none'],
    [{ good: 'x', goodDepth: 'y', testGoodDepth: 'z' }, '--test-good-depth: expected --test-good beside it for modality rgb+depth, got none'],
  ] as const)('refuses %j as usage', async (options, message) => {
    const failure = listDataset(options, 0);
    await expect(failure).rejects.toThrow(UsageError);
    await expect(failure).rejects.toThrow(message);
  });
});

describe('checkDataset', () => {
  it('counts every part, those for a threshold too, and needs a scale for height maps', async () => {
    const terminal = recordedTerminal();
    await checkDataset(await listDataset({ data: scanned, category: 'cap', modality: 'rgb+depth' }, 0), terminal);
    expect(terminal.remarks().at(-1)).toMatch(/^check: 17\/17 images/);
    const heights = await listDataset({ goodDepth: cap('train/good/rgb') }, 0);
    await expect(checkDataset(heights, recordedTerminal(), { depthUnit: 'mm' })).rejects.toThrow(/000.png: .*--depth-scale/);
    await checkDataset(heights, recordedTerminal(), { depthUnit: 'mm', depthScale: 0.1 });
  });

  it('counts every image', async () => {
    const terminal = recordedTerminal();
    await checkDataset(await listDataset({ data, category: 'parts' }, 0), terminal);
    expect(terminal.remarks().at(-1)).toMatch(/^check: 16\/16 images/);
  });

  it('finds damage behind the header of an image to test on, before a model is trained for it', async () => {
    const whole = readFileSync(join(parts, 'test/good/000.png'));
    const damaged = join(folder, 'damaged');
    const path = writeInto(damaged, '000.png', whole.subarray(0, whole.length - 200));
    const dataset = await listDataset({ good: join(parts, 'train/good'), testGood: damaged }, 0);
    await expect(checkDataset(dataset, recordedTerminal())).rejects.toThrow(`${path}: broken PNG`);
  });
});
