import * as tf from '@tensorflow/tfjs-core';
import { meanOfStudents } from './mean-of-students.js';

/**
 * Squared distance of the students' mean and the teacher at each position, summed over channels (Bergmann et al., CVPR
 * 2020, equation 8).
 *
 * @param students one [N,h,w,C] each
 * @param teacher [N,h,w,C], normalised as for training
 * @returns [N,h,w]
 * @throws Error without a student, or if shapes differ
 */
export function regressionError(students: readonly tf.Tensor4D[], teacher: tf.Tensor4D): tf.Tensor3D {
  return tf.tidy(() => {
    const mean = meanOfStudents('regressionError', students, teacher.shape);
    return tf.sum<tf.Tensor3D>(tf.squaredDifference(mean, teacher), 3);
  });
}
