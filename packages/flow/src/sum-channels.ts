import * as tf from '@tensorflow/tfjs-core';

/** Sum over channels, [N,h,w,C] to [N,h,w]. Its gradient is repeated; the stock one is multiplied with ones. */
export function sumChannels(x: tf.Tensor4D): tf.Tensor3D {
  return sum(x) as tf.Tensor3D;
}

const sum = tf.customGrad((x) => {
  const { shape } = x as tf.Tensor4D;
  return {
    value: tf.sum(x as tf.Tensor, 3),
    gradFunc: (dy: tf.Tensor) => tf.tile(tf.expandDims(dy, 3), [1, 1, 1, shape[3]]),
  };
});
