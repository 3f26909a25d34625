import * as tf from '@tensorflow/tfjs-core';

/**
 * Metric learning (Bergmann et al., CVPR 2020, equation 2): mean over the batch of
 * `max(0, margin + d(a, p) - min(d(a, n), d(p, n)))`, d the squared distance.
 *
 * @param anchor [N,128]
 * @param positive [N,128], of patches a little beside the anchors
 * @param negative [N,128], of patches of other images
 */
export function tripletLoss(anchor: tf.Tensor2D, positive: tf.Tensor2D, negative: tf.Tensor2D, margin = 1): tf.Scalar {
  const distance = (x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor1D => tf.sum(tf.squaredDifference(x, y), 1);
  return tf.tidy(() => {
    const apart = tf.minimum(distance(anchor, negative), distance(positive, negative)); // [N]
    return tf.mean(tf.relu(tf.add(tf.sub(distance(anchor, positive), apart), margin)));
  });
}
