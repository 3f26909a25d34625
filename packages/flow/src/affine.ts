import * as tf from '@tensorflow/tfjs-core';

/**
 * `x · exp(e) + t`, all of one shape. The way back takes two passes, where the stock gradients of its three operations
 * take three.
 */
export function affine(x: tf.Tensor4D, e: tf.Tensor4D, t: tf.Tensor4D): tf.Tensor4D {
  return scaleAndShift(x, e, t) as tf.Tensor4D;
}

const scaleAndShift = tf.customGrad((...args) => {
  const [x, e, t, save] = args as unknown as [tf.Tensor, tf.Tensor, tf.Tensor, (tensors: tf.Tensor[]) => void];
  const scale = tf.exp(e);
  save([x, scale]);
  return {
    value: tf.add(tf.mul(x, scale), t),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [x, scale] = saved as [tf.Tensor, tf.Tensor];
      const dx = tf.mul(dy, scale);
      return [dx, tf.mul(dx, x), tf.clone(dy)];
    },
  };
});
