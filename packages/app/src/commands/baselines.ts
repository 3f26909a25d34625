import { categoryLayout, folderModality, type Dataset } from '@blemish/datasets';
import { comparedDepth, modalities, usesDepth, type Modality } from '@blemish/detectors';
import { baselineRecord } from '../baseline-record.js';
import { checkDepth } from '../check-depth.js';
import { datasetNames, datasetOptionsOf, type DatasetOptions } from '../dataset-options.js';
import { describeBaselines, type BaselineRow } from '../describe-baselines.js';
import { UsageError } from '../errors.js';
import { interruptSignal } from '../interrupt.js';
import { measureBaselines } from '../measure-baselines.js';
import { terminalFor, type CommonOptions } from '../start.js';
import type { Terminal } from '../terminal.js';
import { trainingImages } from '../training-images.js';
import { withCleanup } from '../with-cleanup.js';

/** Options of `blemish baselines`. */
export interface BaselinesOptions extends CommonOptions, Omit<DatasetOptions, 'modality'> {
  /** What is compared, one after the other. Default: all that the data have. */
  readonly modality?: readonly Modality[];
  /** Edge, in pixels, at which images are compared. */
  readonly size: number;
}

/** Measures what comparisons that learn nothing reach on a data set. */
export function runBaselines({ modality: chosen, size, ...options }: BaselinesOptions): Promise<void> {
  return withCleanup(async (defer) => {
    const terminal = terminalFor(options);
    const named = datasetOptionsOf(options);
    const looksAt = chosen ?? (await modalitiesOf(named));
    const signal = interruptSignal('nothing is kept, measure again', defer);
    const { category } = datasetNames(named);
    const rows: BaselineRow[] = [];
    const listed = new Map<Modality, Dataset>();
    for (const modality of looksAt) {
      // Parts of which there is an image and a depth map serve all: they are looked at once.
      const whole = looksAt.includes('rgb+depth') ? 'rgb+depth' : modality;
      const dataset = listed.get(whole) ?? (await imagesToCompare({ ...named, modality: whole }, terminal));
      listed.set(whole, dataset);
      const measured = await measureBaselines({ dataset, modality, size, units: named, terminal, signal });
      rows.push(...measured.map((row) => ({ category, modality, ...row })));
    }
    const results = rows.map((row) => ({ modality: row.modality, ...baselineRecord(row) }));
    terminal.out(options.json ? JSON.stringify({ ...named, size, baselines: results }, null, 2) : describeBaselines(rows));
  });
}

/** Lists and checks the images, and looks at the lengths in their depth files. */
async function imagesToCompare(images: DatasetOptions & { readonly modality: Modality }, terminal: Terminal): Promise<Dataset> {
  const { dataset } = await trainingImages(images, 0, 0, terminal);
  if (dataset.test.length === 0) throw new UsageError('images: expected images to test on, got none');
  await checkDepth([...dataset.train, ...dataset.test], images, usesDepth(images.modality) ? comparedDepth : null, terminal);
  return dataset;
}

/** All that can be compared of the data that options name; wrong options are refused where the data are listed. */
async function modalitiesOf(images: DatasetOptions): Promise<readonly Modality[]> {
  const { data, category = '' } = images;
  const layout = data === undefined ? undefined : await categoryLayout(data, category);
  const most = layout === 'mvtec-3d-ad' ? 'rgb+depth' : layout === 'mvtec-ad' ? 'rgb' : folderModality(images);
  return most === 'rgb+depth' ? modalities : [most];
}
