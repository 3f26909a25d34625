import * as tf from '@tensorflow/tfjs-core';

/**
 * Negative log-likelihood of each position under N(0, I), up to a constant: 0.5 · |z|² - log|det J| (Rudolph et al., WACV
 * 2023, equation 3). Its mean over all positions, masked ones too, is the loss that trains a flow.
 *
 * @param z [N,h,w,C]
 * @param logAbsDet [N,h,w]
 * @param mask weight of each position, [N,h,w]; default 1
 * @returns [N,h,w]
 */
export function likelihoodPerPosition(z: tf.Tensor4D, logAbsDet: tf.Tensor3D, mask?: tf.Tensor): tf.Tensor3D {
  return tf.tidy(() => {
    const energy = tf.mul(tf.sum(tf.square(z), 3), 0.5); // [N,h,w]
    const loss = tf.sub<tf.Tensor3D>(energy, logAbsDet);
    return mask === undefined ? loss : tf.mul<tf.Tensor3D>(loss, mask);
  });
}
