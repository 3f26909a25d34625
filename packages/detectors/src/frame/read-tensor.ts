import * as tf from '@tensorflow/tfjs-core';

/** The values of a tensor that is computed, read and freed with everything on its way. */
export async function readTensor(compute: () => tf.Tensor): Promise<Float32Array> {
  const tensor = tf.tidy(compute);
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
