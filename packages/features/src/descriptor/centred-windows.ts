import * as tf from '@tensorflow/tfjs-core';
import type { Descriptor } from './create-descriptor.js';

/**
 * Images reflected at their edges such that `descriptor.windows` at a stride sees squares which are centred in those of that edge
 * that an image is divided into, up to half a pixel.
 *
 * @param images `[N,H,W,3]`, H and W multiples of the stride: there are `[H/stride,W/stride]` squares
 * @returns `[N,H+p-1-shift,W+p-1-shift,3]`
 */
export function centredWindows({ receptiveField, seen }: Pick<Descriptor, 'receptiveField' | 'seen'>, images: tf.Tensor4D, stride: number): tf.Tensor4D {
  // The square from i*stride - before + shift on has its centre in square i: seen/2 - before + shift = stride/2.
  const before = Math.floor(seen / 2);
  const shift = Math.floor(stride / 2);
  const [reflected, unseen] = [[before, seen - 1 - before], [0, receptiveField - seen]] as [[number, number], [number, number]];
  return tf.tidy(() => {
    const mirrored = tf.mirrorPad(images, [[0, 0], reflected, reflected, [0, 0]], 'reflect');
    const padded = tf.pad(mirrored, [[0, 0], unseen, unseen, [0, 0]]); // of the last patches, nobody looks there
    return shift === 0 ? padded : tf.slice<tf.Rank.R4, tf.Tensor4D>(padded, [0, shift, shift, 0], [-1, -1, -1, -1]);
  });
}
