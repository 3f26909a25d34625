import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradient of max pooling without padding, of stock operations: for one place in the windows after the other, the
 * windows whose largest value stands there and in no place before.
 *
 * @param dy [N,h',w',C]
 * @param saved the pooled map x, [N,h,w,C], and the result y
 * @returns [N,h,w,C]
 */
export function maxPoolGradient(dy: tf.Tensor4D, [x, y]: readonly [tf.Tensor4D, tf.Tensor4D], { kernel, stride }: { readonly kernel: number; readonly stride: number }): tf.Tensor4D {
  return tf.tidy(() => {
    const [n, height, width, c] = x.shape;
    const [, rows, columns] = y.shape;
    let open: tf.Tensor4D = tf.onesLike(dy); // 1 where the largest value has not been met
    let dx: tf.Tensor4D = tf.zerosLike(x);
    for (let u = 0; u < kernel; u++) {
      for (let v = 0; v < kernel; v++) {
        const end = [n, u + (rows - 1) * stride + 1, v + (columns - 1) * stride + 1, c];
        const seen = tf.stridedSlice(x, [0, u, v, 0], end, [1, stride, stride, 1]) as tf.Tensor4D; // [N,h',w',C]
        const met = tf.mul<tf.Tensor4D>(tf.cast(tf.equal(seen, y), 'float32'), open);
        open = tf.sub(open, met);
        dx = tf.add(dx, spread(tf.mul(met, dy), stride, [u, v], [height, width]));
      }
    }
    return dx;
  });
}

/** Values at rows u, u + stride, ... and columns v, v + stride, ... of a map of zeros of that size. */
function spread(values: tf.Tensor4D, stride: number, [u, v]: readonly [number, number], [height, width]: readonly [number, number]): tf.Tensor4D {
  const [n, rows, columns, c] = values.shape;
  const between: [number, number] = [0, stride - 1];
  const wide = tf.pad(tf.reshape(values, [n * rows, columns, 1, c]), [[0, 0], [0, 0], between, [0, 0]]); // [N h',w',stride,C]
  const tall = tf.pad(tf.reshape(wide, [n, rows, 1, columns * stride * c]), [[0, 0], [0, 0], between, [0, 0]]); // [N,h',stride,w' stride C]
  const map = tf.reshape(tall, [n, rows * stride, columns * stride, c]);
  const [h, w] = [Math.min(rows * stride, height - u), Math.min(columns * stride, width - v)];
  return tf.pad(tf.slice(map, [0, 0, 0, 0], [n, h, w, c]), [[0, 0], [u, height - u - h], [v, width - v - w], [0, 0]]) as tf.Tensor4D;
}
