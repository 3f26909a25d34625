import * as tf from '@tensorflow/tfjs-core';
import { meanOfStudents } from './mean-of-students.js';

// Notation: m: number of students; s_i: what one gives at a position; s: their mean. The paper's mean |s_i|² - |s|² is
// mean |s_i - s|², in which nothing cancels.

/**
 * How much the students disagree at each position: the variance over the ensemble, summed over channels (Bergmann et al.,
 * CVPR 2020, equation 9); 0 for a single student.
 *
 * @param students one [N,h,w,C] each
 * @returns [N,h,w]
 * @throws Error without a student, or if shapes differ
 */
export function predictiveVariance(students: readonly tf.Tensor4D[]): tf.Tensor3D {
  return tf.tidy(() => {
    const mean = meanOfStudents('predictiveVariance', students);
    const distances = students.map((student) => tf.sum<tf.Tensor3D>(tf.squaredDifference(student, mean), 3)); // [N,h,w]
    return tf.div<tf.Tensor3D>(tf.addN(distances), students.length);
  });
}
