import * as tf from '@tensorflow/tfjs-core';
import { pyramidDistance } from './pyramid-distance.js';

/** How the distance at a position counts. */
export interface PyramidLossOptions {
  /** Whether it is halved, as in the paper; the released code does not. */
  readonly half: boolean;
}

/**
 * The loss of feature pyramid matching (Wang et al., BMVC 2021, equations 1 to 3): for each level the mean of the distances
 * over batch and positions, summed over levels.
 *
 * @param teacher one [N,h,w,C] a level
 * @param student one [N,h,w,C] a level
 */
export function pyramidLoss(teacher: readonly tf.Tensor4D[], student: readonly tf.Tensor4D[], { half }: PyramidLossOptions): tf.Scalar {
  return tf.tidy(() => {
    const sum = tf.addN(pyramidDistances(teacher, student).map((distance) => tf.mean<tf.Scalar>(distance)));
    return half ? tf.div(sum, 2) : sum;
  });
}

/**
 * The distances of every level, [N,h,w] each.
 *
 * @throws Error if there are not as many levels in both, or none
 */
export function pyramidDistances(teacher: readonly tf.Tensor4D[], student: readonly tf.Tensor4D[]): tf.Tensor3D[] {
  if (teacher.length === 0 || teacher.length !== student.length) {
    throw new Error(`pyramid: expected as many levels of the teacher as of the student, got ${teacher.length} and ${student.length}`);
  }
  return teacher.map((map, i) => pyramidDistance(map, student[i] as tf.Tensor4D));
}
