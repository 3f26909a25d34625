import * as tf from '@tensorflow/tfjs-core';

// Notation: u: a descriptor less the mean of its 128 values, by its length; c_ij = u_i · u_j: Pearson's correlation.

/** What is summed of a correlation: itself, which negative ones lower, its magnitude, or its square. */
export type CompactnessKind = 'signed' | 'absolute' | 'squared';

/** Keeps the correlations of a constant descriptor at 0, and their gradient finite. */
const epsilon = 1e-12;

/**
 * Compactness (Bergmann et al., CVPR 2020, equation 3): the correlations of the batch's descriptors, summed over all
 * pairs i != j. The paper prints the signed sum; the square is our choice.
 *
 * @param descriptors [N,128], before the decoder
 * @param between what is correlated: the descriptors of a batch, which is how the paper reads, or the 128 channels over
 *   the batch, which is what L2-Net (Tian et al., CVPR 2017) calls compactness
 */
export function compactnessLoss(
  descriptors: tf.Tensor2D,
  kind: CompactnessKind = 'squared',
  between: 'descriptors' | 'channels' = 'descriptors',
): tf.Scalar {
  return tf.tidy(() => {
    const rows = between === 'descriptors' ? descriptors : tf.transpose(descriptors); // [I,K]
    const centred = tf.sub(rows, tf.mean(rows, 1, true));
    const u = tf.div<tf.Tensor2D>(centred, tf.sqrt(tf.add(tf.sum(tf.square(centred), 1, true), epsilon)));
    const c = tf.matMul(u, u, false, true); // [I,I]
    const others = tf.mul(c, tf.sub(1, tf.eye(rows.shape[0])));
    return tf.sum(kind === 'signed' ? others : kind === 'absolute' ? tf.abs(others) : tf.square(others));
  });
}
