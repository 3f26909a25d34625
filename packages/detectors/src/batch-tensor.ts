import * as tf from '@tensorflow/tfjs-core';

/** Stacks equal arrays of shape `[h,w,C]` to one tensor `[N,h,w,C]`. */
export function batchTensor(rows: readonly Float32Array[], shape: readonly [number, number, number]): tf.Tensor4D {
  const [h, w, c] = shape;
  const size = h * w * c;
  const data = new Float32Array(rows.length * size);
  rows.forEach((row, n) => {
    if (row.length !== size) throw new Error(`batch: expected ${size} values an image, got ${row.length}`);
    data.set(row, n * size);
  });
  return tf.tensor4d(data, [rows.length, h, w, c]); // [N,h,w,C]
}
