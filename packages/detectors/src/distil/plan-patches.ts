import type { Random } from '@blemish/layers';
import type { DistilConfig } from './distil-config.js';
import type { Crop } from './resized-crop.js';

/** Where a patch is taken, and what is done to it. */
export interface PatchPlan {
  /** Index of its image. */
  readonly image: number;
  readonly crop: Crop;
  readonly gray: boolean;
  /** The triplet's positive: a patch near by, of the same resized image. */
  readonly near: Crop;
  /** The triplet's negative: the place in the batch of a patch from another image; -1 where there is one image only. */
  readonly other: number;
}

/** What of a configuration decides which patches are taken. */
export type PatchSettings = Pick<DistilConfig, 'receptiveField' | 'batch' | 'grayProbability' | 'minScale' | 'maxScale'>;

/**
 * The patches of one step (Bergmann et al., CVPR 2020, section 3.1): a random image, resized to a square of a random side, a
 * random crop. The last patch is never of the first one's image, so that each has a negative within the batch, whose
 * descriptor is computed anyway.
 *
 * @param images number of images
 * @param random a stream of the step's own
 */
export function planPatches(settings: PatchSettings, images: number, random: Random): PatchPlan[] {
  const { receptiveField: p, batch, grayProbability, minScale, maxScale } = settings;
  const below = (bound: number): number => Math.floor((random.uint32() / 2 ** 32) * bound);
  const [least, most] = [Math.round(minScale * p), Math.round(maxScale * p)];
  const reach = (p - 1) / 4; // most pixels from a patch to its positive, along each edge

  const chosen = Array.from({ length: batch }, () => below(images));
  if (images > 1) chosen[batch - 1] = ((chosen[0] as number) + 1 + below(images - 1)) % images;
  return chosen.map((image, i) => {
    const side = least + below(most - least + 1);
    const [top, left] = [below(side - p + 1), below(side - p + 1)];
    const gray = random.uint32() / 2 ** 32 < grayProbability;
    const shifted = (start: number): number => Math.min(side - p, Math.max(0, start - reach + below(2 * reach + 1)));
    const near = { side, top: shifted(top), left: shifted(left), size: p };
    const ahead = chosen.findIndex((_, k) => chosen[(i + k) % batch] !== image);
    return { image, crop: { side, top, left, size: p }, gray, near, other: ahead < 0 ? -1 : (i + ahead) % batch };
  });
}
