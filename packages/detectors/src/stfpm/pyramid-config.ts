import { z } from 'zod';
import { resnetLevels, resnetNames } from '@blemish/features';
import { bundledFault } from '../frame/bundled-fault.js';
import { weightOrigins } from '../frame/weight-origins.js';

const count = z.int().positive();

/** Configuration of a student that learns a frozen teacher's feature pyramid: one value, kept whole in the model file. */
export const pyramidConfigSchema = z.strictObject({
  /** The system's name. */
  kind: z.string(),
  /** Name of the preset it began as. */
  preset: z.string().min(1),
  /** The seed of every draw: the student's weights, order of images, held-out images, a random backbone. */
  seed: z.int().min(0).max(2 ** 32 - 1),
  modality: z.literal('rgb'),
  /** Height and width that images are resized to, as PIL does. */
  imageSize: z.tuple([count, count]),
  /** The teacher. */
  backbone: z.strictObject({
    name: z.enum(resnetNames),
    /** Levels that are matched, shallow to deep. */
    levels: z.array(z.enum(resnetLevels)).min(1).refine(isRising, 'expected levels from shallow to deep, each once'),
    /** Where the weights come from: a file of ImageNet weights, the seed, or the packages. */
    weights: z.enum(weightOrigins),
  }).superRefine(({ name, levels, weights }, context) => {
    const fault = weights === 'bundled' ? bundledFault(name, levels) : undefined;
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  }),
  /** `released`: the squared distance of unit vectors, as the authors' program; `paper`: half of it. */
  loss: z.enum(['released', 'paper']),
  epochs: count,
  batch: count,
  optimizer: z.strictObject({
    learningRate: z.number().positive(),
    momentum: z.number().min(0).lt(1),
    /** Added to the gradient, times the weight. */
    l2: z.number().min(0),
  }),
  /**
   * Which epoch's student is kept: the last of all images' training; or the one with the lowest loss on a share of the good
   * images that is not trained on.
   */
  selection: z.union([z.literal('last'), z.strictObject({ heldOut: z.number().gt(0).lt(1) })]),
  map: z.strictObject({
    /** Edge at which the levels are put together. */
    size: count,
    /** The levels' distances are multiplied, as in the paper, or added. */
    fusion: z.enum(['product', 'sum']),
  }),
  score: z.strictObject({
    reduction: z.enum(['mean', 'max']),
    /** Edge of the square map whose maximum is the score `max`. */
    maxSize: count,
  }),
  /** Share of false alarms that the threshold is set for, where good images were kept out of training. */
  falseAlarms: z.number().gt(0).lt(1),
});

/** Configuration of a pyramid system. */
export type PyramidConfig = z.infer<typeof pyramidConfigSchema>;

/** What a preset of a pyramid system says. */
export type PyramidSettings = Omit<PyramidConfig, 'kind' | 'preset'>;

function isRising(levels: readonly (typeof resnetLevels)[number][]): boolean {
  return levels.every((level, i) => i === 0 || resnetLevels.indexOf(level) > resnetLevels.indexOf(levels[i - 1] as typeof level));
}
