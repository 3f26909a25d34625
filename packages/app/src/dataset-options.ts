import { basename, resolve } from 'node:path';
import { listMvtecAd, listPlainFolder, validateDataset, type Dataset } from '@blemish/datasets';
import { UsageError } from './errors.js';
import { readTextFor } from './read-file-for.js';
import type { Terminal } from './terminal.js';

/** The options that name images; kept in a run's config.json as given. */
export interface DatasetOptions {
  readonly data?: string;
  readonly category?: string;
  readonly good?: string;
  readonly testGood?: string;
  readonly defective?: string;
  readonly masks?: string;
  readonly trainList?: string;
  readonly testList?: string;
}

/** Only the options of {@link DatasetOptions}, without those not given. */
export function datasetOptionsOf(options: DatasetOptions): DatasetOptions {
  const { data, category, good, testGood, defective, masks, trainList, testList } = options;
  const all = { data, category, good, testGood, defective, masks, trainList, testList };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/**
 * Lists the images that the options name.
 *
 * @param seed chooses the good images that are kept out of training where none are given for the test
 * @throws UsageError for options that do not go together; Error for folders without images
 */
export async function listDataset(options: DatasetOptions, seed: number): Promise<Dataset> {
  const { data, category, good, testGood, defective, masks } = options;
  if (data !== undefined) {
    if (good ?? testGood ?? defective ?? masks) throw new UsageError('--data: give either --data with --category, or folders with --good, not both');
    if (category === undefined) throw new UsageError('--data: expected --category beside it, got none');
    return filtered(await listMvtecAd(data, category), options);
  }
  if (good === undefined && testGood === undefined && defective === undefined) {
    throw new UsageError('images: expected --data ROOT --category NAME, or --good FOLDER, got neither');
  }
  if (category !== undefined) throw new UsageError('--category: expected --data beside it, got none');
  return filtered(await listPlainFolder({ good, testGood, defective, masks, seed }), options);
}

/** Names under which a data set's runs are kept. */
export function datasetNames({ data, category, good, defective, testGood }: DatasetOptions): { dataset: string; category: string } {
  if (data !== undefined) return { dataset: basename(resolve(data)), category: category ?? 'all' };
  const folder = resolve(good ?? defective ?? testGood ?? '.');
  return { dataset: 'folder', category: basename(folder) };
}

async function filtered(dataset: Dataset, { trainList, testList }: DatasetOptions): Promise<Dataset> {
  return {
    ...dataset,
    train: trainList === undefined ? dataset.train : pick(dataset.train, await readList(trainList), trainList),
    test: testList === undefined ? dataset.test : pick(dataset.test, await readList(testList), testList),
  };
}

async function readList(path: string): Promise<string[]> {
  const lines = (await readTextFor(path, 'the list of images')).split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '');
}

/** The files of these ids, in the data set's order. */
function pick<F extends { readonly id: string }>(files: readonly F[], ids: readonly string[], list: string): F[] {
  const wanted = new Set(ids);
  const found = files.filter(({ id }) => wanted.delete(id));
  const [unknown] = wanted;
  if (unknown !== undefined) throw new Error(`${list}: '${unknown}' is no image of the data set`);
  return found;
}

/**
 * Looks at every image and mask before work begins: at the headers of images to train on, which are decoded next, and at
 * every pixel of images to test on, whose turn comes only when training has ended.
 */
export async function checkDataset(dataset: Dataset, terminal: Terminal): Promise<void> {
  const { train, test } = dataset;
  const total = train.length + test.length;
  const stage = terminal.stage('check', 'images');
  try {
    await validateDataset({ ...dataset, test: [] }, { onProgress: (done) => stage.update(done, total) });
    await validateDataset({ ...dataset, train: [] }, { pixels: true, onProgress: (done) => stage.update(train.length + done, total) });
  } finally {
    stage.end();
  }
}
