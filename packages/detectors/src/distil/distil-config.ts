import { z } from 'zod';

const count = z.int().positive();
const weight = z.number().min(0);

/**
 * How a descriptor network is distilled: one value, kept whole in the file it makes. The numbers are those of Bergmann et
 * al., CVPR 2020, section 3.1 and the supplement, where nothing else is said.
 */
export const distilConfigSchema = z
  .strictObject({
    /** Edge of the patches that are described. */
    receptiveField: z.union([z.literal(17), z.literal(33), z.literal(65)]),
    /** Channels of the third convolution for 65, on which readers of the paper disagree; the others have no choice. */
    third: z.union([z.literal(128), z.literal(256)]).optional(),
    /** The seed of every draw: initial weights, patches, noise. */
    seed: z.int().min(0).max(2 ** 32 - 1).default(0),
    /** Steps of the optimiser. The paper takes 50,000; `resolveDistilConfig` knows what 20 minutes on two cores allow. */
    steps: count,
    /** Patches a step; also the sample over which correlations are taken, so at least 2. */
    batch: count.min(2).default(64),
    /** Adam's at the start. The paper's 2e-4 is for ten times the steps. */
    learningRate: z.number().positive().default(1e-3),
    /** Whether the rate falls to 0 along half a cosine, which a short training gains from; the paper's does not. */
    schedule: z.enum(['cosine', 'constant']).default('cosine'),
    /** Added to the gradient, times the weight, before Adam's moments. */
    l2: weight.default(1e-5),
    /**
     * What each loss counts; without weight it is neither computed nor drawn for. The paper has 1, 1, 0 with 50,000 steps. Squares
     * over the 4032 pairs of a batch outweigh knowledge, a mean over its patches: at 1, 500 steps lowered knowledge by 3 % (p = 17, rate 2e-4),
     * at 0.01 it fell nearly as fast as without, in descriptors that vary in more directions (9.0 against 5.4 after 200 steps).
     */
    weights: z
      .strictObject({ knowledge: weight.default(1), compactness: weight.default(0.01), triplet: weight.default(0) })
      .default({ knowledge: 1, compactness: 0.01, triplet: 0 }),
    /** How correlations are summed. The paper's signed sum is least where descriptors are two opposites, and led there: one direction was left. */
    compactness: z.enum(['signed', 'absolute', 'squared']).default('squared'),
    /** Between what: a batch's descriptors, which is how the paper reads, or their channels over the batch, as in L2-Net. */
    correlated: z.enum(['descriptors', 'channels']).default('descriptors'),
    /** Share of patches without colour: a part may have none, where photographs do. */
    grayProbability: z.number().min(0).max(1).default(0.1),
    /** The square that an image is resized to has a side of `minScale` to `maxScale` receptive fields. */
    minScale: z.number().min(1).default(4),
    maxScale: z.number().min(1).default(16),
    /** Standard deviation of the noise on the triplet's positive patch, of values in [0,1]. */
    noise: weight.default(0.1),
    /** Edge that a patch is resized to before the backbone, whose strides leave little of 17 pixels. */
    backboneSize: z.int().min(32).max(224),
    /** What the backbone says as it is, or every value less its mean and by its deviation over patches drawn before the first step. */
    targets: z.enum(['plain', 'normalised']).default('normalised'),
  })
  .superRefine(({ receptiveField, third, minScale, maxScale, weights }, context) => {
    if (third !== undefined && receptiveField !== 65) context.addIssue({ code: 'custom', path: ['third'], message: `expected none with receptive field ${receptiveField}, got ${third}` });
    if (minScale > maxScale) context.addIssue({ code: 'custom', path: ['maxScale'], message: `expected at least minScale ${minScale}, got ${maxScale}` });
    if (weights.knowledge + weights.triplet === 0) context.addIssue({ code: 'custom', path: ['weights'], message: 'expected knowledge or triplet above 0: compactness alone teaches nothing' });
  });

/** How a descriptor network is distilled. */
export type DistilConfig = z.infer<typeof distilConfigSchema>;
