import { basename, resolve } from 'node:path';
import { folderModality, listCategory, listPlainFolder, usesDepth, usesImage, validateDataset, type Dataset, type Modality } from '@blemish/datasets';
import { depthValues } from './depth-units.js';
import { UsageError } from './errors.js';
import { readTextFor } from './read-file-for.js';
import type { Terminal } from './terminal.js';

/** The options that name images and depth maps; kept in a run's config.json as given. */
export interface DatasetOptions {
  /** What is listed of each part. Default: images with `data`, else all that there are folders of. */
  readonly modality?: Modality;
  readonly data?: string;
  readonly category?: string;
  readonly good?: string;
  readonly testGood?: string;
  readonly defective?: string;
  readonly goodDepth?: string;
  readonly testGoodDepth?: string;
  readonly defectiveDepth?: string;
  readonly masks?: string;
  /** Unit of depth maps. */
  readonly depthUnit?: 'm' | 'mm';
  /** Units in a level of a height map; a factor for other depth. */
  readonly depthScale?: number;
  readonly trainList?: string;
  readonly testList?: string;
}

/** Names of the options of {@link DatasetOptions}. */
export const datasetOptionNames = [
  'modality', 'data', 'category', 'good', 'testGood', 'defective', 'goodDepth', 'testGoodDepth', 'defectiveDepth', 'masks',
  'depthUnit', 'depthScale', 'trainList', 'testList',
] as const satisfies readonly (keyof DatasetOptions)[]; // prettier-ignore

/** Only the options of {@link DatasetOptions}, without those not given. */
export function datasetOptionsOf(options: DatasetOptions): DatasetOptions {
  return Object.fromEntries(datasetOptionNames.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));
}

/**
 * Lists the images that the options name, depth maps beside them or alone.
 *
 * @param seed chooses the good images that are kept out of training where none are given for the test
 * @throws UsageError for options that do not go together; Error for folders without images, files without their partner
 */
export async function listDataset(options: DatasetOptions, seed: number): Promise<Dataset> {
  const { data, category, masks, modality } = options;
  const folder = folderRoles.map(([images, depths]) => options[images] ?? options[depths]).find((name) => name !== undefined);
  if (data !== undefined) {
    if (folder ?? masks) throw new UsageError('--data: give either --data with --category, or folders with --good, not both');
    if (category === undefined) throw new UsageError('--data: expected --category beside it, got none');
    return filtered(await listCategory(data, category, { modality }), options);
  }
  if (folder === undefined) throw new UsageError('images: expected --data ROOT --category NAME, or --good FOLDER, got neither');
  if (category !== undefined) throw new UsageError('--category: expected --data beside it, got none');
  checkRoles(options, modality ?? folderModality(options));
  return filtered(await listPlainFolder({ ...options, seed }), options);
}

/** Options that name folders, of images and of their depth maps; in the order in which they name a run. */
export const folderRoles = [
  ['good', 'goodDepth', '--good', '--good-depth'],
  ['defective', 'defectiveDepth', '--defective', '--defective-depth'],
  ['testGood', 'testGoodDepth', '--test-good', '--test-good-depth'],
] as const;

/** Throws where a folder is named without the one that the modality needs beside it. */
function checkRoles(options: DatasetOptions, modality: Modality): void {
  for (const [images, depths, imagesFlag, depthsFlag] of folderRoles) {
    if (options[images] !== undefined && options[depths] === undefined && usesDepth(modality)) {
      throw new UsageError(`${imagesFlag}: expected ${depthsFlag} beside it for modality ${modality}, got none`);
    }
    if (options[depths] !== undefined && options[images] === undefined && usesImage(modality)) {
      throw new UsageError(`${depthsFlag}: expected ${imagesFlag} beside it for modality ${modality}, got none`);
    }
  }
}

/** Names under which a data set's runs are kept. */
export function datasetNames(options: DatasetOptions): { dataset: string; category: string } {
  const { data, category } = options;
  if (data !== undefined) return { dataset: basename(resolve(data)), category: category ?? 'all' };
  const folder = folderRoles.map(([images, depths]) => options[images] ?? options[depths]).find((name) => name !== undefined);
  return { dataset: 'folder', category: basename(resolve(folder ?? '.')) };
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
 * Looks at every image, depth map and mask before work begins: at the headers of images to train on, which are decoded
 * next, and at every pixel of images to test on, whose turn comes only when training has ended.
 *
 * @param options what the numbers in depth maps mean
 */
export async function checkDataset(dataset: Dataset, terminal: Terminal, options: Pick<DatasetOptions, 'depthUnit' | 'depthScale'> = {}): Promise<void> {
  const { train, validation = [], test } = dataset;
  const learnt = train.length + validation.length;
  const total = learnt + test.length;
  const depth = depthValues(options);
  const stage = terminal.stage('check', 'images');
  try {
    await validateDataset({ train, validation, test: [] }, { depth, onProgress: (done) => stage.update(done, total) });
    await validateDataset({ train: [], test }, { depth, pixels: true, onProgress: (done) => stage.update(learnt + done, total) });
  } finally {
    stage.end();
  }
}
