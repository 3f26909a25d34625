import * as tf from '@tensorflow/tfjs-core';

/** How the channels of a position are put together. */
export interface DistanceOptions {
  /** Weight of each position, [N,h,w]. Default 1. */
  readonly mask?: tf.Tensor;
  /** Default `mean`, the released code's; the paper prints a sum. */
  readonly reduction?: 'mean' | 'sum';
}

/**
 * Squared distance of two outputs at each position (Rudolph et al., WACV 2023, equation 5). Its mean over all positions,
 * masked ones too, is the loss that trains the student; the map itself is the anomaly score.
 *
 * @param teacher [N,h,w,C]
 * @param student [N,h,w,C]
 * @returns [N,h,w]
 */
export function distancePerPosition(
  teacher: tf.Tensor4D,
  student: tf.Tensor4D,
  { mask, reduction = 'mean' }: DistanceOptions = {},
): tf.Tensor3D {
  return tf.tidy(() => {
    const squares = tf.squaredDifference(teacher, student); // [N,h,w,C]
    const distance = reduction === 'mean' ? tf.mean<tf.Tensor3D>(squares, 3) : tf.sum<tf.Tensor3D>(squares, 3);
    return mask === undefined ? distance : tf.mul<tf.Tensor3D>(distance, mask);
  });
}
