import * as tf from '@tensorflow/tfjs-core';

/**
 * Sines and cosines of a position (Wang and Liu, "Translating math formula images to LaTeX sequences", 2019, section
 * 3.2): channels 2k and 2k+1 are sin and cos of column · f(k), channels C/2+2k and C/2+2k+1 those of row · f(k), with
 * f(k) = 10000^(-2k / (C/2)).
 *
 * @param channels C, a multiple of 4
 * @returns [height,width,C]; the caller disposes it
 * @throws Error if the number of channels is no multiple of 4
 */
export function positionalEncoding(channels: number, height: number, width: number): tf.Tensor3D {
  if (!Number.isInteger(channels) || channels <= 0 || channels % 4 !== 0) {
    throw new Error(`positionalEncoding: expected a multiple of 4 channels, got ${channels}`);
  }
  const half = channels / 2;
  const values = new Float32Array(height * width * channels);
  for (let k = 0; 2 * k < half; k++) {
    const frequency = 10000 ** ((-2 * k) / half);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const at = (row * width + column) * channels + 2 * k;
        values[at] = Math.sin(column * frequency);
        values[at + 1] = Math.cos(column * frequency);
        values[at + half] = Math.sin(row * frequency);
        values[at + half + 1] = Math.cos(row * frequency);
      }
    }
  }
  return tf.tensor3d(values, [height, width, channels]);
}
