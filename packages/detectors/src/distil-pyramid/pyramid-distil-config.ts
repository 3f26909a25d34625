import { z } from 'zod';
import { resnetLevels, resnetNames } from '@blemish/features';

const count = z.int().positive();

/** How a network is distilled that learns a backbone's maps at several levels: one value, kept whole in the file it makes. */
export const pyramidDistilSchema = z
  .strictObject({
    /** The network that learns, from a random start. */
    student: z.enum(resnetNames).default('resnet18_half'),
    /** Levels that are learned, shallow to deep. */
    levels: z.array(z.enum(resnetLevels)).min(1).default(['layer1', 'layer2', 'layer3']),
    /** The seed of every draw: initial weights, order of images, views. */
    seed: z.int().min(0).max(2 ** 32 - 1).default(0),
    /** Passes over the images. */
    epochs: count.default(60),
    /** Views a step. */
    batch: count.default(16),
    /** Edge of a view in pixels. Smaller ones cost less; the deepest level has a tenth of it as positions along a side. */
    view: z.int().min(32).max(1024).default(160),
    /** A view is cut out of the image resized to a square of `minScale` to `maxScale` times its edge. */
    minScale: z.number().min(1).default(1),
    maxScale: z.number().min(1).default(2.5),
    /** Share of views without colour: a part may have none, where photographs do. */
    grayProbability: z.number().min(0).max(1).default(0.1),
    /** Share of mirrored views. */
    mirrorProbability: z.number().min(0).max(1).default(0.5),
    /** Adam's at the start; it falls to 0 along half a cosine, which such a short training gains much from. */
    learningRate: z.number().positive().default(3e-3),
    /** Added to the gradient, times the weight, before Adam's moments. */
    l2: z.number().min(0).default(1e-5),
  })
  .superRefine(({ minScale, maxScale }, context) => {
    if (minScale > maxScale) context.addIssue({ code: 'custom', path: ['maxScale'], message: `expected at least minScale ${minScale}, got ${maxScale}` });
  });

/** How a pyramid is distilled. */
export type PyramidDistilConfig = z.infer<typeof pyramidDistilSchema>;
