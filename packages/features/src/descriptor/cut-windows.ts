import * as tf from '@tensorflow/tfjs-core';

// Notation: k: side of a window; s: stride; r, c: rows and columns of windows.

/**
 * Squares out of a map, those that begin at every `stride`-th row and column and lie within it; they may overlap.
 *
 * @param x [N,h,w,C], h and w at least `side`
 * @returns [N·r·c,side,side,C], images outermost; r = floor((h - side) / stride) + 1
 */
export function cutWindows(x: tf.Tensor4D, side: number, stride: number): tf.Tensor4D {
  const [n, h, w, channels] = x.shape;
  const bands = cutBands(tf.reshape(x, [n, h, w * channels]), side, stride); // [N,r,k,w*C]
  const r = bands.shape[1];
  const squares = cutBands(tf.reshape(bands, [n * r * side, w, channels]), side, stride); // [N*r*k,c,k,C]
  const c = squares.shape[1];
  const turned = tf.transpose(tf.reshape(squares, [n * r, side, c, side * channels]), [0, 2, 1, 3]); // [N*r,c,k,k*C]
  return tf.reshape(turned, [n * r * c, side, side, channels]);
}

/** Bands of `side` rows: [N,h,C] to [N,r,k,C]. Of slices and reshapes, whose gradients every backend has. */
function cutBands(x: tf.Tensor3D, side: number, stride: number): tf.Tensor4D {
  const [n, h, channels] = x.shape;
  const r = Math.floor((h - side) / stride) + 1;
  const pieces = Math.ceil(side / stride);
  if (r <= pieces) return tf.stack(Array.from({ length: r }, (_, i) => tf.slice(x, [0, i * stride, 0], [n, side, channels])), 1) as tf.Tensor4D;
  // Row i of the k of a band is row i mod s of the i/s-th block of s rows after the band's first.
  const rows = (r + pieces - 1) * stride;
  const whole: tf.Tensor3D = rows > h ? tf.pad(x, [[0, 0], [0, rows - h], [0, 0]]) : x;
  const blocks = Array.from({ length: pieces }, (_, i) =>
    tf.reshape<tf.Rank.R4>(tf.slice(whole, [0, i * stride, 0], [n, r * stride, channels]), [n, r, stride, channels]),
  );
  return tf.slice(tf.concat(blocks, 2), [0, 0, 0, 0], [n, r, side, channels]);
}
