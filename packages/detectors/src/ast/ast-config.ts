import { z } from 'zod';
import { modalities, usesDepth, usesImage } from '@blemish/depth';
import { backboneNames, isDescriptorName, isResNetName, resnetLevels, tapWords } from '@blemish/features';
import { adamSchema } from '../frame/adam-schema.js';
import { bundledFault } from '../frame/bundled-fault.js';
import { weightOrigins } from '../frame/weight-origins.js';

const count = z.int().positive();

/** How a depth map becomes channels and a foreground; `prepareDepth` of @blemish/depth says what each step does. */
const depthSchema = z.strictObject({
  /** Edge that depth maps are brought to. */
  size: count,
  /** Edge of the squares of pixels that become channels. */
  unshuffle: count,
  /** Gaps: three passes that leave the first row and column, as the code does; or until none is left. */
  fill: z.enum(['official', 'full']),
  fillPasses: z.int().min(0),
  /** The plane behind the part: through the four corners, as the code does; fitted to the border; or none is there. */
  background: z.enum(['corners', 'border', 'none']),
  /** Metres from the plane from which on something is foreground. */
  threshold: z.number().positive(),
  /** Whether the background's slope is taken off the depth; without a background there is none to take. */
  level: z.boolean().default(false),
  /** Whether background that the part encloses counts as foreground, so that a hole where none belongs is seen. */
  fillHoles: z.boolean(),
  /** Edge of the square that the foreground is dilated with, at `size`; 1 leaves it. */
  dilate: z.int().min(1),
  /** Units of the channels in a metre; 100 makes them centimetres, 1000 millimetres. */
  scale: z.number().positive(),
  /** Whether losses and scores are weighted by the foreground. */
  mask: z.boolean(),
});

/** How a depth map becomes channels and a foreground. */
export type DepthConfig = z.infer<typeof depthSchema>;

/**
 * Configuration of the AST detector: one value, kept whole in the model file. Every preset spells it out
 * (`ast-presets.ts`); the reason for a default stands there.
 */
const settings = z.strictObject({
  kind: z.literal('ast'),
  /** Name of the preset it began as. */
  preset: z.string().min(1),
  /** The seed of every draw: initial weights, order of images, held-out images, a random backbone. */
  seed: z.int().min(0).max(2 ** 32 - 1),
  /** What it looks at. */
  modality: z.enum(modalities).default('rgb'),
  /** Height and width that images are resized to, as PIL does. */
  imageSize: z.tuple([count, count]),
  /** Null where no images are looked at. */
  backbone: z.strictObject({
    /** `efficientnet-b0` ... `efficientnet-b7`, `resnet18` ... */
    name: z.string().refine((name) => backboneNames.includes(name), `expected one of ${backboneNames.join(', ')}`),
    /** The block of an EfficientNet, or level of a ResNet, whose output is the feature map; pixels between a descriptor's positions. */
    tap: z.union([z.int().min(0), z.enum(resnetLevels)]),
    /** Of an EfficientNet: TensorFlow's SAME from the real input size, or the fixed padding of a nominal one. */
    padding: z.union([z.literal('same'), z.strictObject({ nominal: count })]),
    /** Where the weights come from: a file of ImageNet weights, the seed, or the packages. */
    weights: z.enum(weightOrigins),
  }).nullable(),
  /** Null where no depth maps are looked at. */
  depth: depthSchema.nullable().default(null),
  /** Channels of the positional encoding, a multiple of 4; 0 leaves it out. */
  positionalChannels: z.int().min(0).multipleOf(4),
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
  optimizer: adamSchema,
  batch: count,
  /** Distance over the channels of a position. */
  distance: z.enum(['mean', 'sum']),
  score: z.strictObject({
    reduction: z.enum(['mean', 'max']),
    /** Edge of the square map whose maximum is the score `max`. */
    maxSize: count,
    /** What maps and scores are made of: the distance of student and teacher, or the teacher's likelihood alone. */
    of: z.enum(['distance', 'likelihood']).default('distance'),
    /** Maps are cut to the foreground at their size; or weighted once more before they are enlarged, as the code does. */
    masking: z.enum(['foreground', 'official']).default('foreground'),
  }),
  /** Share of false alarms that the threshold is set for, where good images were kept out of training. */
  falseAlarms: z.number().gt(0).lt(1),
});

/** A configuration whose parts go together. */
export const astConfigSchema = settings.superRefine(({ modality, imageSize, backbone, depth }, context) => {
  const refuse = (path: string, message: string): void => context.addIssue({ code: 'custom', path: path.split('.'), message });
  if (usesImage(modality) !== (backbone !== null)) refuse('backbone', `expected ${backbone === null ? 'one' : 'none'} with modality ${modality}`);
  if (backbone !== null && isResNetName(backbone.name) !== (typeof backbone.tap === 'string')) {
    refuse('backbone.tap', `expected ${tapWords(backbone.name)} for ${backbone.name}, got ${backbone.tap}`);
  }
  if (backbone !== null && isDescriptorName(backbone.name) && imageSize.some((side) => side % Number(backbone.tap) !== 0)) {
    refuse('backbone.tap', `expected a divisor of the image's ${imageSize.join('x')} pixels for ${backbone.name}, got ${backbone.tap}`);
  }
  const fault = backbone?.weights === 'bundled' ? bundledFault(backbone.name, [backbone.tap]) : undefined;
  if (fault !== undefined) refuse('backbone', fault);
  if (usesDepth(modality) !== (depth !== null)) refuse('depth', `expected ${depth === null ? 'its settings' : 'none'} with modality ${modality}`);
  if (depth !== null && depth.size % depth.unshuffle !== 0) refuse('depth', `expected a size that is a multiple of unshuffle ${depth.unshuffle}, got ${depth.size}`);
});

/** Configuration of the AST detector. */
export type AstConfig = z.infer<typeof astConfigSchema>;
