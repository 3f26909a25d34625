import * as tf from '@tensorflow/tfjs-core';

/** Largest output of a coupling block: a position that overflows stays finite, and takes no part in the gradient. */
export const outputBound = 1e6;

/** Brings every value into ±`outputBound`; the gradient passes where nothing was changed. */
export function bound(x: tf.Tensor4D): tf.Tensor4D {
  return clip(x) as tf.Tensor4D;
}

// Fewer passes than the stock gradient, which compares with both ends and selects.
const clip = tf.customGrad((x, save) => {
  const [input, keep] = [x as tf.Tensor, save as (tensors: tf.Tensor[]) => void];
  const value = tf.clipByValue(input, -outputBound, outputBound);
  keep([input, value]);
  return {
    value,
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const unchanged = tf.equal(saved[0] as tf.Tensor, saved[1] as tf.Tensor);
      return tf.mul(dy, tf.cast(unchanged, 'float32'));
    },
  };
});
