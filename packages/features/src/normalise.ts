import * as tf from '@tensorflow/tfjs-core';
import type { Normalisation } from './normalisation.js';

/** (images - mean) / std for each of R, G, B; [N,H,W,3]. */
export function normalise(images: tf.Tensor4D, { mean, std }: Normalisation): tf.Tensor4D {
  return tf.tidy(() => tf.div<tf.Tensor4D>(tf.sub(images, tf.tensor1d([...mean])), tf.tensor1d([...std])));
}
