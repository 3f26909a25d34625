import * as tf from '@tensorflow/tfjs-core';
import { centredWindows } from '@blemish/features';
import { predictiveVariance, regressionError } from '@blemish/student';
import { normalisedTeacher, studentParams, type Field, type FieldWeights } from './field.js';

/** Both scores of a field at each position. */
export interface FieldScores {
  /** `[N,h,w]` */
  readonly error: tf.Tensor3D;
  /** `[N,h,w]` */
  readonly variance: tf.Tensor3D;
}

/**
 * Regression error and predictive variance (Bergmann et al., CVPR 2020, equations 8 and 9), as they are.
 *
 * @param images `[N,H,W,3]` in [0,1]
 */
export function fieldScores(field: Field, weights: FieldWeights, images: tf.Tensor4D): FieldScores {
  const { scoreStride } = field.settings;
  return tf.tidy(() => {
    const windows = centredWindows(field.descriptor, images, scoreStride);
    const teacher = normalisedTeacher(field, weights, windows, scoreStride);
    const students = Array.from({ length: field.students }, (_, i) => field.descriptor.windows(studentParams(field, weights.students, i), windows, scoreStride));
    return { error: regressionError(students, teacher), variance: predictiveVariance(students) };
  });
}
