import { z } from 'zod';

const count = z.int().positive();

/**
 * Configuration of the AST detector: one value, kept whole in the model file. Every preset spells it out
 * (`ast-presets.ts`); the reason for a default stands there.
 */
export const astConfigSchema = z.strictObject({
  kind: z.literal('ast'),
  /** Name of the preset it began as. */
  preset: z.string().min(1),
  /** The seed of every draw: initial weights, order of images, held-out images, a random backbone. */
  seed: z.int().min(0).max(2 ** 32 - 1),
  /** Height and width that images are resized to, as PIL does. */
  imageSize: z.tuple([count, count]),
  backbone: z.strictObject({
    /** `efficientnet-b0` ... `efficientnet-b7`. */
    name: z.string().regex(/^efficientnet-b[0-7]$/, 'expected efficientnet-b0 to efficientnet-b7'),
    /** Index of the block whose output is the feature map. */
    tap: z.int().min(0),
    /** TensorFlow's SAME from the real input size, or the fixed padding of a nominal one. */
    padding: z.union([z.literal('same'), z.strictObject({ nominal: count })]),
    /** Where the weights come from: a file of ImageNet weights, or the seed. */
    weights: z.enum(['pretrained', 'random']),
  }),
  /** Channels of the positional encoding, a multiple of 4. */
  positionalChannels: z.int().positive().multipleOf(4),
  teacher: z.strictObject({
    /** Kernel of the sub-networks' convolutions, one a coupling block. */
    kernels: z.array(z.union([z.literal(1), z.literal(3), z.literal(5)])).min(1),
    /** Channels between the two convolutions of a sub-network. */
    hidden: count,
    /** One block scales a channel by at most exp(+-clamp). */
    clamp: z.number().positive(),
    /** `official`: np.random.seed(0), (1), ...; `seeded`: from the seed. */
    permutations: z.enum(['official', 'seeded']),
    epochs: count,
  }),
  student: z.strictObject({
    blocks: z.int().min(0),
    hidden: count,
    /** Slope of LeakyReLU below zero. */
    slope: z.number().min(0).max(1),
    epochs: count,
  }),
  optimizer: z.strictObject({
    learningRate: z.number().positive(),
    beta1: z.number().min(0).lt(1),
    beta2: z.number().min(0).lt(1),
    epsilon: z.number().positive(),
    /** Added to the gradient, times the weight, before the moments. */
    l2: z.number().min(0),
  }),
  batch: count,
  /** Distance over the channels of a position. */
  distance: z.enum(['mean', 'sum']),
  score: z.strictObject({
    reduction: z.enum(['mean', 'max']),
    /** Edge of the square map whose maximum is the score `max`. */
    maxSize: count,
  }),
  /** Share of false alarms that the threshold is set for, where good images were kept out of training. */
  falseAlarms: z.number().gt(0).lt(1),
});

/** Configuration of the AST detector. */
export type AstConfig = z.infer<typeof astConfigSchema>;
