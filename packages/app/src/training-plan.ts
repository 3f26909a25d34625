import { usesDepth, type SystemConfig, type TeacherFile } from '@blemish/detectors';
import { checkWeightOption } from './backbone-weights.js';
import { checkDepth } from './check-depth.js';
import { datasetOptionsOf, type DatasetOptions } from './dataset-options.js';
import { drawnParts, drawnPartsOptions } from './drawn-parts.js';
import { UsageError } from './errors.js';
import { checkHoldOut } from './hold-out.js';
import { modelConfig } from './model-options.js';
import { readTeachers } from './read-teachers.js';
import { refuseUnseen } from './refuse-unseen.js';
import type { Terminal } from './terminal.js';
import type { TrainOptions } from './train-options.js';
import { trainingImages, type TrainingImages } from './training-images.js';

/** What is trained, on what. */
export interface TrainingPlan {
  readonly config: SystemConfig;
  /** Descriptor networks that it learns from. */
  readonly teachers: readonly TeacherFile[];
  /** What names the images. */
  readonly images: DatasetOptions;
  /** Good images to keep out of training for the threshold. */
  readonly holdOut: number;
  /** The images; undefined where parts are drawn first. */
  readonly found: TrainingImages | undefined;
}

/**
 * Checks what was typed before anything is written or an engine starts: first what takes no time, then the images.
 *
 * @throws UsageError for options that do not go together; Error naming what is wrong with settings, folders or files
 */
export async function planTraining(options: TrainOptions, terminal: Terminal): Promise<TrainingPlan> {
  const { out, holdOut = 0 } = options;
  if (options.resume && options.force) throw new UsageError('--resume: give it or --force, not both');
  const teachers = await readTeachers(options.teacher ?? []);
  const config = await modelConfig(options, teachers);
  checkWeightOption(config, options.weights);
  if (config.teachers?.weights === 'pretrained' && teachers.length === 0) {
    throw new UsageError(`--teacher: expected descriptor files for model ${config.kind}, got none; blemish distil makes them`);
  }
  const { modality } = config;
  const named = datasetOptionsOf({ ...options, modality: undefined });
  const drawn = Object.keys(named).length === 0 && config.preset === 'smoke';
  if (drawn && usesDepth(modality)) {
    throw new UsageError(`images: the parts that preset smoke draws have no depth, which modality ${modality} needs; name scanned ones, such as those of blemish synthesize`);
  }
  if (drawn) checkHoldOut(holdOut, drawnParts.train);
  refuseUnseen(named, modality);
  const images: DatasetOptions = { ...(drawn ? drawnPartsOptions(out, config.seed) : named), modality };
  const found = drawn ? undefined : await trainingImages(images, config.seed, holdOut, terminal);
  if (found) await checkDepth([...found.train, ...found.validation, ...found.dataset.test], images, config.depth ?? null, terminal);
  return { config, teachers, images, holdOut, found };
}
