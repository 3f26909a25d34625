import * as tf from '@tensorflow/tfjs-core';

/**
 * The mean of what the students of an ensemble give.
 *
 * @param caller whom an error names
 * @param shape what all students should have; default: the first one's
 * @returns [N,h,w,C]
 */
export function meanOfStudents(caller: string, students: readonly tf.Tensor4D[], shape?: readonly number[]): tf.Tensor4D {
  const [first] = students;
  if (first === undefined) throw new Error(`${caller}: expected at least one student, got none`);
  const expected = shape ?? first.shape;
  for (const student of students) {
    if (!tf.util.arraysEqual([...expected], student.shape)) {
      throw new Error(`${caller}: expected maps of one shape, got [${expected}] and [${student.shape}]`);
    }
  }
  return tf.tidy(() => tf.div<tf.Tensor4D>(tf.addN([...students]), students.length));
}
