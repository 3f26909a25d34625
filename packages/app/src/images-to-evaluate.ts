import { dirname, join } from 'node:path';
import { readRun, runFiles } from '@blemish/storage';
import type { DatasetOptions } from './dataset-options.js';
import { UsageError } from './errors.js';

/** The images that a model is to be measured on. */
export interface ImagesToEvaluate {
  readonly images: DatasetOptions;
  /** Chooses the same good images as in training, where some were kept out of it. */
  readonly seed: number;
  /** The config.json that names them, where the options do not. */
  readonly origin: string | undefined;
}

/**
 * The images that the options name; without any, those of the run that the model lies in, with what the options say
 * beside them: another `--category` of the same data set, other `--masks`, a `--test-list`.
 *
 * @throws UsageError where neither names images
 */
export async function imagesToEvaluate(modelFile: string, given: DatasetOptions): Promise<ImagesToEvaluate> {
  if ((given.data ?? given.testGood ?? given.defective) !== undefined) return { images: given, seed: 0, origin: undefined };
  const folder = dirname(modelFile);
  const run = await readRun(folder);
  const { images, model } = (run?.config ?? {}) as { images?: DatasetOptions & { holdOut?: unknown }; model?: { seed?: number } };
  if (images === undefined || model?.seed === undefined) {
    throw new UsageError(`${modelFile}: is not in the folder of a run; name images with --data and --category, or --test-good and --defective`);
  }
  const { data, category, good, testGood, defective, masks, testList } = { ...images, ...given };
  const all = { data, category, good, testGood, defective, masks, testList };
  return {
    images: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
    seed: model.seed,
    origin: join(folder, runFiles.config),
  };
}
