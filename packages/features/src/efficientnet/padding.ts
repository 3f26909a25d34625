import { samePads, type Pads } from '@blemish/engine';
import type { BlockSpec } from './block-table.js';

/**
 * Which rows and columns of zeros the strided convolutions see.
 *
 * `same`: TensorFlow's SAME, from the real input size, as the network was trained: where the sum is odd the end gets one
 * more. `{nominal}`: fixed pads that SAME would give an image of that side, as efficientnet_pytorch has computed them
 * since 0.6.4, whatever the image's real size; features shift by up to a pixel of the deeper maps.
 */
export type Padding = 'same' | { readonly nominal: number };

/** The pads of the stem and of each block's depthwise convolution for an image of side `size`. */
export function padsAt(size: number, blocks: readonly BlockSpec[]): { readonly stem: Pads; readonly blocks: readonly Pads[] } {
  const stem = samePads(size, 3, 2);
  let side = Math.ceil(size / 2);
  const pads = blocks.map(({ kernel, stride }) => {
    const here = samePads(side, kernel, stride);
    side = Math.ceil(side / stride);
    return here;
  });
  return { stem, blocks: pads };
}
