import type { NdArray } from 'ndarray';
import { createRandom, type Random } from '@blemish/layers';
import type { SampleSource } from '../sample.js';
import type { DistilConfig } from './distil-config.js';
import { fewAtATime } from './few-at-a-time.js';
import { createImageMemory } from './image-memory.js';
import { planPatches } from './plan-patches.js';
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
 * @throws Error naming an image that cannot be decoded
 */
export function createPatchReader(samples: SampleSource, settings: ReaderSettings): (step: number) => Promise<PatchBatch> {
  const { receptiveField: p, weights, noise } = settings;
  const size = p * p * 3;
  const random = createRandom(settings.seed).derive('patches');
  const images = createImageMemory(samples, memoryBytes);

  return async (step) => {
    const own = random.derive(step);
    const plans = planPatches(settings, samples.length, own);
    const patches = new Float32Array(plans.length * size); // [N,p,p,3]
    const near = weights.triplet > 0 ? new Float32Array(plans.length * size) : undefined; // [N,p,p,3]
    await fewAtATime(plans, async (plan, i) => {
      const image = await images.get(plan.image);
      patches.set(cut(image, plan.crop, plan.gray), i * size);
      near?.set(cut(image, plan.near, plan.gray), i * size);
    });
    return { patches, near: near && withNoise(near, noise, own), other: Int32Array.from(plans, ({ other }) => other) };
  };
}

function cut(image: NdArray<Uint8Array>, crop: Crop, gray: boolean): Float32Array {
  const patch = resizedCrop(image, crop);
  if (gray) toGray(patch);
  return patch;
}

/** Adds Gaussian noise, in place. */
function withNoise(patches: Float32Array, deviation: number, random: Random): Float32Array {
  if (deviation === 0) return patches;
  const noise = random.normal(0, deviation, patches.length);
  for (let i = 0; i < patches.length; i++) patches[i] = (patches[i] as number) + (noise[i] as number);
  return patches;
}
