import * as tf from '@tensorflow/tfjs-core';

/**
 * Knowledge distillation (Bergmann et al., CVPR 2020, equation 1): squared distance of what the decoder makes of the
 * descriptors and the features of a pretrained network, summed over channels, mean over the batch.
 *
 * @param decoded [N,K]
 * @param target [N,K]
 */
export function knowledgeLoss(decoded: tf.Tensor2D, target: tf.Tensor2D): tf.Scalar {
  if (!tf.util.arraysEqual(decoded.shape, target.shape)) {
    throw new Error(`knowledgeLoss: expected features of one shape, got [${decoded.shape}] and [${target.shape}]`);
  }
  return tf.tidy(() => tf.mean(tf.sum(tf.squaredDifference(decoded, target), 1)));
}
