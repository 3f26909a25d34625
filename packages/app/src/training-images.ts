import type { Dataset, ImageFile } from '@blemish/datasets';
import { checkDataset, listDataset, type DatasetOptions } from './dataset-options.js';
import { UsageError } from './errors.js';
import { holdOut } from './hold-out.js';
import type { Terminal } from './terminal.js';

/** The images of a training run, found and looked at. */
export interface TrainingImages {
  readonly dataset: Dataset;
  /** What is trained on. */
  readonly train: readonly ImageFile[];
  /** Good images that give the threshold. */
  readonly validation: readonly ImageFile[];
}

/**
 * Lists and checks the images of a training run, and says what is in them. Good images that a data set keeps out of
 * training itself give the threshold, too.
 *
 * @param validation good images to keep out of training for the threshold
 * @throws UsageError for options that do not go together; Error naming a folder without images or a broken file
 */
export async function trainingImages(images: DatasetOptions, seed: number, validation: number, terminal: Terminal): Promise<TrainingImages> {
  const dataset = await listDataset(images, seed);
  if (dataset.train.length === 0) throw new UsageError('images: expected good images to train on, got none');
  const parts = holdOut(dataset.train, validation, seed);
  await checkDataset(dataset, terminal, images);
  const forThreshold = [...(dataset.validation ?? []), ...parts.validation];
  const kept = forThreshold.length > 0 ? `, ${forThreshold.length} kept out for the threshold` : '';
  terminal.note(`images: ${parts.train.length} good to train on${kept}, ${dataset.test.length} to test on`);
  for (const note of dataset.notes) terminal.note(`note: ${note}`);
  return { dataset, train: parts.train, validation: forThreshold };
}
