import { createRandom, type Random } from '@blemish/layers';
import type { SampleSource } from '../sample.js';
import type { DistilConfig } from './distil-config.js';
import { createImageMemory } from './image-memory.js';
import { planPatches, type PatchPlan } from './plan-patches.js';
import { resizedCrop, type Crop } from './resized-crop.js';
import { toGray } from './to-gray.js';

/** The patches of one step, RGB in [0,1]. */
export interface PatchBatch {
  /** `[N,p,p,3]` */
  readonly patches: Float32Array;
  /** Positives of the triplets, `[N,p,p,3]`; absent where triplets do not count. */
  readonly near: Float32Array | undefined;
  /** The place in the batch of each patch's negative, `[N]`. */
  readonly other: Int32Array;
}

/** What of a configuration decides the patches. */
export type ReaderSettings = Pick<DistilConfig, 'receptiveField' | 'batch' | 'grayProbability' | 'minScale' | 'maxScale' | 'noise' | 'seed' | 'weights'>;

/** Decoded images that are kept: 1,000 photographs of 500 x 400 pixels take 600 MB. */
const memoryBytes = 2 ** 30;

/**
 * Patches by step: a function of seed and step alone, so that a resumed run sees the same ones.
 *
 * @throws Error naming an image that is smaller than a pixel of the crop needs, or cannot be decoded
 */
export function createPatchReader(samples: SampleSource, settings: ReaderSettings): (step: number) => Promise<PatchBatch> {
  const { receptiveField: p, weights, noise } = settings;
  const random = createRandom(settings.seed).derive('patches');
  const images = createImageMemory(samples, memoryBytes);

  async function cut(plans: readonly PatchPlan[], cropOf: (plan: PatchPlan) => Crop): Promise<Float32Array> {
    const size = p * p * 3;
    const batch = new Float32Array(plans.length * size); // [N,p,p,3]
    const found = await Promise.all(plans.map(({ image }) => images.get(image)));
    plans.forEach((plan, i) => {
      const patch = resizedCrop(found[i] as (typeof found)[number], cropOf(plan));
      if (plan.gray) toGray(patch);
      batch.set(patch, i * size);
    });
    return batch;
  }

  return async (step) => {
    const own = random.derive(step);
    const plans = planPatches(settings, samples.length, own);
    const patches = await cut(plans, ({ crop }) => crop);
    const near = weights.triplet > 0 ? withNoise(await cut(plans, (plan) => plan.near), noise, own) : undefined;
    return { patches, near, other: Int32Array.from(plans, ({ other }) => other) };
  };
}

/** Adds Gaussian noise, in place. */
function withNoise(patches: Float32Array, deviation: number, random: Random): Float32Array {
  if (deviation === 0) return patches;
  const noise = random.normal(0, deviation, patches.length);
  for (let i = 0; i < patches.length; i++) patches[i] = (patches[i] as number) + (noise[i] as number);
  return patches;
}
