import { presetOf, resolveConfig } from '../frame/resolve-config.js';
import { uninformedConfigSchema, type FieldSettings, type UninformedConfig } from './uninformed-config.js';

/** Names of the presets of Uninformed Students. */
export const uninformedPresetNames = ['smoke', 'quick', 'paper'] as const;

const wholeImages: FieldSettings = { window: null, trainStride: 1, scoreStride: 1, epochs: 100 };

/** Bergmann et al., CVPR 2020, section 4; days on processors. */
const paper: UninformedConfig = {
  kind: 'uninformed-students',
  preset: 'paper',
  seed: 0,
  modality: 'rgb',
  imageSize: [256, 256],
  backbone: null,
  teachers: { receptiveFields: [17, 33, 65], third: 128, weights: 'pretrained' },
  fields: { 17: wholeImages, 33: wholeImages, 65: wholeImages },
  students: 3,
  batch: 1,
  optimizer: { learningRate: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, l2: 1e-5 },
  heldOut: 0.1,
  mapStride: 1,
  score: { reduction: 'max', maxSize: 256, of: 'both' },
  falseAlarms: 0.05,
};

const presets: Readonly<Record<(typeof uninformedPresetNames)[number], UninformedConfig>> = {
  paper,
  /**
   * For two CPU cores: each step sees a window of each of four images, so that there are enough steps. The windows give about as
   * many positions as cost as much for each receptive field; that of 17 has no pools to skip positions with, so its are smaller
   * and denser.
   */
  quick: {
    ...paper,
    preset: 'quick',
    fields: {
      17: { window: 32, trainStride: 1, scoreStride: 8, epochs: 40 },
      33: { window: 96, trainStride: 4, scoreStride: 4, epochs: 40 },
      65: { window: 128, trainStride: 8, scoreStride: 8, epochs: 40 },
    },
    batch: 4,
    mapStride: 4,
    optimizer: { ...paper.optimizer, learningRate: 5e-4 }, // a tenth of the paper's steps
  },
  /** A minute at most on any backend, with no download: for CI and a first look. Its random teacher shows the way, not what the students can do. */
  smoke: {
    ...paper,
    preset: 'smoke',
    imageSize: [64, 64],
    teachers: { ...paper.teachers, receptiveFields: [33], weights: 'random' },
    fields: { ...paper.fields, 33: { window: 48, trainStride: 4, scoreStride: 8, epochs: 10 } },
    students: 2,
    batch: 2,
    optimizer: { ...paper.optimizer, learningRate: 1e-3 },
    mapStride: 8,
    score: { ...paper.score, maxSize: 64 },
  },
};

/**
 * A preset with some of its settings replaced.
 *
 * @param preset one of `uninformedPresetNames`
 * @param overrides nested records of settings, later ones win; arrays are replaced whole
 * @throws Error naming the setting, what was expected and what came
 */
export function resolveUninformedConfig(preset: string, ...overrides: readonly unknown[]): UninformedConfig {
  return resolveConfig(uninformedConfigSchema, presets[presetOf(preset, uninformedPresetNames)], overrides);
}
