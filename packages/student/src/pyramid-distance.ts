import * as tf from '@tensorflow/tfjs-core';

// Notation, at one position: t, s: the teacher's and student's vectors over channels; |.|: length; u, v: t and s by
// max(length, eps); d = |u - v|².
// By s: where |s| > eps, the gradient of d is 2 (v (u·v) - u) / |s|, and u·v = (|u|² + |v|² - d) / 2; else -2 (u - v) / eps.

const epsilon = 1e-12;

/**
 * Squared distance of the directions of two maps at each position (Wang et al., BMVC 2021, equation 1, without its 1/2): of
 * `t / max(|t|, 1e-12)` and `s / max(|s|, 1e-12)`, summed over channels, so from 0 to 4. The teacher is a constant to the
 * gradient. A zero vector has, as in PyTorch, the gradient of what is divided by 1e-12.
 *
 * @param teacher [N,h,w,C]
 * @param student [N,h,w,C]
 * @returns [N,h,w]
 * @throws Error if the shapes differ
 */
export function pyramidDistance(teacher: tf.Tensor4D, student: tf.Tensor4D): tf.Tensor3D {
  if (!tf.util.arraysEqual(teacher.shape, student.shape)) {
    throw new Error(`pyramidDistance: expected maps of one shape, got [${teacher.shape}] and [${student.shape}]`);
  }
  const distance = tf.customGrad((s, save) => {
    const [u, v] = [unit(teacher), unit(s as tf.Tensor4D)];
    const d = tf.sum<tf.Tensor3D>(tf.squaredDifference(u.vector, v.vector), 3); // [N,h,w]
    (save as tf.GradSaveFunc)([s as tf.Tensor4D, teacher, u.length, v.length, d]);
    return { value: d, gradFunc: (dy, saved) => gradient(dy as tf.Tensor3D, saved as Saved) };
  });
  return tf.tidy(() => distance(student) as tf.Tensor3D);
}

type Saved = [student: tf.Tensor4D, teacher: tf.Tensor4D, teacherLength: tf.Tensor4D, studentLength: tf.Tensor4D, distance: tf.Tensor3D];

/** A map's vectors by max(length, eps), and their lengths, [N,h,w,1]. */
function unit(x: tf.Tensor4D): { readonly vector: tf.Tensor4D; readonly length: tf.Tensor4D } {
  const length = tf.sqrt(tf.sum<tf.Tensor4D>(tf.square(x), 3, true));
  return { vector: tf.div(x, tf.maximum(length, epsilon)), length };
}

/** The gradient by s, as s and t each times a number for every position. */
function gradient(dy: tf.Tensor3D, [student, teacher, ofTeacher, ofStudent, distance]: Saved): tf.Tensor4D {
  return tf.tidy(() => {
    const g = tf.mul(2, tf.expandDims(dy, 3)); // [N,h,w,1]
    const [a, b] = [tf.maximum(ofTeacher, epsilon), tf.maximum(ofStudent, epsilon)];
    const [uu, vv] = [tf.square(tf.div(ofTeacher, a)), tf.square(tf.div(ofStudent, b))]; // 1, or 0 where the vector is
    const uv = tf.div(tf.sub(tf.add(uu, vv), tf.expandDims(distance, 3)), 2);
    const along = tf.where(tf.greater(ofStudent, epsilon), uv, tf.onesLike(uv)); // of v
    const ofS = tf.div(tf.div(tf.mul(g, along), b), b);
    const ofT = tf.div(tf.div(tf.mul(g, -1), b), a);
    return tf.add<tf.Tensor4D>(tf.mul(student, ofS), tf.mul(teacher, ofT)); // [N,h,w,C]
  });
}
