import * as tf from '@tensorflow/tfjs-core';
import { distancePerPosition } from '../distance.js';

/**
 * What a student of the ensemble is trained by (Bergmann et al., CVPR 2020, equation 6): squared distance to the teacher,
 * summed over channels, mean over positions.
 *
 * @param student [N,h,w,C]
 * @param teacher [N,h,w,C], normalised by the mean and standard deviation of each channel over the training images
 * @throws Error if the shapes differ
 */
export function descriptorLoss(student: tf.Tensor4D, teacher: tf.Tensor4D): tf.Scalar {
  if (!tf.util.arraysEqual(student.shape, teacher.shape)) {
    throw new Error(`descriptorLoss: expected maps of one shape, got [${student.shape}] and [${teacher.shape}]`);
  }
  return tf.tidy(() => tf.mean(distancePerPosition(teacher, student, { reduction: 'sum' })));
}
