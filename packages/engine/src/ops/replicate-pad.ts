import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/kernel.js';

export const replicatePadKernel = 'BlemishReplicatePad';
export const replicatePadGradKernel = 'BlemishReplicatePadGrad';

/**
 * Pads height and width on every side by repeating the border (PyTorch's padding mode `replicate`), with gradient.
 *
 * @param x `[N,H,W,C]`
 * @param pad how many rows and columns to add on each side
 * @returns `[N,H+2*pad,W+2*pad,C]`
 */
export function replicatePad(x: tf.Tensor4D, pad: number): tf.Tensor4D {
  if (!Number.isInteger(pad) || pad < 0) throw new Error(`replicatePad: expected a whole number of at least 0, got ${pad}`);
  if (pad === 0) return tf.clone(x);
  if (!hasKernel(replicatePadKernel)) return plainReplicatePad(x, pad);
  return runKernel<tf.Tensor4D>(replicatePadKernel, { x }, { pad });
}

/** `replicatePad` of stock operations. */
export function plainReplicatePad(x: tf.Tensor4D, pad: number): tf.Tensor4D {
  return tf.tidy(() => {
    const [n, h, w, c] = x.shape;
    const times = (border: tf.Tensor4D): tf.Tensor4D[] => new Array<tf.Tensor4D>(pad).fill(border);
    const top = tf.slice(x, [0, 0, 0, 0], [n, 1, w, c]);
    const bottom = tf.slice(x, [0, h - 1, 0, 0], [n, 1, w, c]);
    const tall = tf.concat([...times(top), x, ...times(bottom)], 1); // [N,H+2p,W,C]
    const left = tf.slice(tall, [0, 0, 0, 0], [n, h + 2 * pad, 1, c]);
    const right = tf.slice(tall, [0, 0, w - 1, 0], [n, h + 2 * pad, 1, c]);
    return tf.concat([...times(left), tall, ...times(right)], 2); // [N,H+2p,W+2p,C]
  });
}

/** Registers the gradient with TensorFlow.js. */
export function registerReplicatePadGradient(): void {
  tf.registerGradient({
    kernelName: replicatePadKernel,
    gradFunc: (dy, _saved, attributes) => ({
      x: () => runKernel<tf.Tensor>(replicatePadGradKernel, { dy: dy as tf.Tensor }, attributes),
    }),
  });
}
