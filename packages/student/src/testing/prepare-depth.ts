import * as tf from '@tensorflow/tfjs-core';
import type { GoldenArray } from '@blemish-tools/jest';

/**
 * Foreground masks as the official training loop makes them: dilated by a `size` x `size` square, which spreads a pixel r
 * over r - size/2 ... r + size/2 - 1, then brought by bilinear interpolation to cells of `cell` pixels, an even number:
 * each is the mean of its four central pixels.
 *
 * @param foreground [N,1,H,W], 0 or 1
 * @returns [N,H/cell,W/cell]
 */
export function prepareMask({ data, shape }: GoldenArray, size: number, cell: number): tf.Tensor3D {
  const [n, , h, w] = shape as [number, number, number, number];
  const dilated = new Uint8Array(data.length);
  const [low, high] = [-size / 2, size / 2 - 1];
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue;
    const [image, row, column] = [Math.floor(at / (h * w)), Math.floor(at / w) % h, at % w];
    for (let r = Math.max(0, row + low); r <= Math.min(h - 1, row + high); r++) {
      for (let c = Math.max(0, column + low); c <= Math.min(w - 1, column + high); c++) dilated[(image * h + r) * w + c] = 1;
    }
  }
  const [rows, columns] = [h / cell, w / cell];
  const values = Float32Array.from({ length: n * rows * columns }, (_, i) => {
    const [image, row, column] = [Math.floor(i / (rows * columns)), Math.floor(i / columns) % rows, i % columns];
    const first = (image * h + row * cell + cell / 2 - 1) * w + column * cell + cell / 2 - 1;
    const at = (offset: number): number => dilated[first + offset] as number;
    return (at(0) + at(1) + at(w) + at(w + 1)) / 4;
  });
  return tf.tensor3d(values, [n, rows, columns]);
}

/**
 * Pixel-unshuffle: each `cell` x `cell` square becomes one position with a channel for each of its pixels, row by row.
 *
 * @param depth [N,1,H,W]
 * @returns [N,H/cell,W/cell,cell²]
 */
export function unshuffle({ data, shape }: GoldenArray, cell: number): tf.Tensor4D {
  const [n, , h, w] = shape as [number, number, number, number];
  return tf.tidy(() => {
    const squares = tf.reshape(tf.tensor(Float32Array.from(data)), [n, h / cell, cell, w / cell, cell]);
    return tf.reshape(tf.transpose(squares, [0, 1, 3, 2, 4]), [n, h / cell, w / cell, cell * cell]);
  });
}
