import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSyntheticDataset, type Dataset } from '@blemish/datasets';
import { checkDataset, datasetNames, datasetOptionsOf, listDataset } from './dataset-options.js';
import { UsageError } from './errors.js';
import { recordedTerminal } from './testing/recorded-terminal.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();
const data = join(folder, 'drawn');
const parts = join(data, 'parts');
beforeAll(() => writeSyntheticDataset(data, { seed: 1, train: 10, testGood: 2, testDefective: 4, size: 96 }));

const counts = ({ train, test }: Dataset): number[] => [train.length, test.length];

it('keeps the options that name images, and only those given', () => {
  expect(datasetOptionsOf({ data: 'a', category: undefined, seed: 3, out: 'x' } as never)).toEqual({ data: 'a' });
});

it('names runs after the data set, or after the folder', () => {
  expect(datasetNames({ data: 'a/mvtec_ad/', category: 'bottle' })).toEqual({ dataset: 'mvtec_ad', category: 'bottle' });
  expect(datasetNames({ good: 'a/screws' })).toEqual({ dataset: 'folder', category: 'screws' });
  expect(datasetNames({ defective: 'a/bad/' })).toEqual({ dataset: 'folder', category: 'bad' });
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

describe('checkDataset', () => {
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
