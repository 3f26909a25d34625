import { dirname, join } from 'node:path';
import { readRun, runFiles } from '@blemish/storage';
import { datasetOptionsOf, type DatasetOptions } from './dataset-options.js';
import { unitsOr, type DepthUnits } from './depth-units.js';
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
 * beside them: another `--category` of the same data set, other `--masks`, a `--test-list`. What the run looked at, and the
 * unit and scale of its depth maps, hold for other images too, unless the options say otherwise.
 *
 * @param trained unit and scale that the model keeps
 * @throws UsageError where neither names images
 */
export async function imagesToEvaluate(modelFile: string, given: DatasetOptions, trained: DepthUnits = {}): Promise<ImagesToEvaluate> {
  const { data, testGood, testGoodDepth, defective, defectiveDepth } = given;
  const others = (data ?? testGood ?? testGoodDepth ?? defective ?? defectiveDepth) !== undefined;
  const folder = dirname(modelFile);
  // A broken config.json beside the model is nobody's business where the options name all images.
  const run = await (others ? readRun(folder).catch(() => undefined) : readRun(folder));
  const { images, model } = (run?.config ?? {}) as { images?: DatasetOptions; model?: { seed?: number } & Pick<DatasetOptions, 'modality'> };
  const { modality = model?.modality } = images ?? {};
  if (others) return { images: datasetOptionsOf({ modality, ...given, ...unitsOr(given, trained) }), seed: 0, origin: undefined };
  if (images === undefined || model?.seed === undefined) {
    throw new UsageError(`${modelFile}: is not in the folder of a run; name images with --data and --category, or --test-good and --defective`);
  }
  return {
    images: datasetOptionsOf({ ...images, modality, trainList: undefined, ...given }),
    seed: model.seed,
    origin: join(folder, runFiles.config),
  };
}
