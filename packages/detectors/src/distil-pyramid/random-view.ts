import type { NdArray } from 'ndarray';
import type { Random } from '@blemish/layers';
import { resizedCrop } from '../distil/resized-crop.js';
import { toGray } from '../distil/to-gray.js';
import type { PyramidDistilConfig } from './pyramid-distil-config.js';

/**
 * A random view of an image: a square cut out of it at a random scale, sometimes mirrored, sometimes gray.
 *
 * @param image levels `[H,W,3]`
 * @returns RGB in [0,1], `[view*view*3]`
 */
export function randomView(image: NdArray<Uint8Array>, settings: Pick<PyramidDistilConfig, 'view' | 'minScale' | 'maxScale' | 'grayProbability' | 'mirrorProbability'>, random: Random): Float32Array {
  const { view, minScale, maxScale, grayProbability, mirrorProbability } = settings;
  const chance = (): number => random.uint32() / 2 ** 32;
  const below = (bound: number): number => Math.floor(chance() * bound);
  const [least, most] = [Math.round(minScale * view), Math.round(maxScale * view)];
  const side = least + below(most - least + 1);
  const pixels = resizedCrop(image, { side, top: below(side - view + 1), left: below(side - view + 1), size: view });
  if (chance() < grayProbability) toGray(pixels);
  return chance() < mirrorProbability ? mirrored(pixels, view) : pixels;
}

function mirrored(pixels: Float32Array, view: number): Float32Array {
  const turned = new Float32Array(pixels.length);
  for (let y = 0; y < view; y++) {
    for (let x = 0; x < view; x++) turned.set(pixels.subarray(3 * (y * view + x), 3 * (y * view + x) + 3), 3 * (y * view + view - 1 - x));
  }
  return turned;
}
