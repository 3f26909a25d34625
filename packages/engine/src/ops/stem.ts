import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/kernel.js';
import { swish } from './swish.js';
import { stockPads, windowsOn, type FilterAndBias, type WindowPads } from './window.js';

export const stemKernel = 'BlemishStem';

/** What `stem` is told beside its tensors. */
export interface StemOptions {
  readonly stride: number;
  readonly pads: WindowPads;
  /** Taken from each channel of x, and what then divides it; a zero beyond the edge stays zero. */
  readonly normalisation: { readonly mean: readonly number[]; readonly std: readonly number[] };
}

/**
 * The first convolution of a frozen network: swish(filter * ((x - mean) / std) + bias). No gradient.
 *
 * @param x `[N,H,W,C]`, few channels
 * @param layer filter `[k,k,C,K]`, bias `[K]`
 * @returns `[N,H',W',K]`
 */
export function stem(x: tf.Tensor4D, layer: FilterAndBias, options: StemOptions): tf.Tensor4D {
  if (!hasKernel(stemKernel)) return plainStem(x, layer, options);
  const { normalisation } = options;
  const windows = windowsOn(x.shape, layer.filter.shape[0], options.stride, options.pads);
  return runKernel<tf.Tensor4D>(stemKernel, { x, ...layer }, { ...windows, ...normalisation });
}

/** `stem` of stock operations: the definition. */
export function plainStem(x: tf.Tensor4D, { filter, bias }: FilterAndBias, { stride, pads, normalisation }: StemOptions): tf.Tensor4D {
  return tf.tidy(() => {
    const normal = tf.div<tf.Tensor4D>(tf.sub(x, tf.tensor1d([...normalisation.mean])), tf.tensor1d([...normalisation.std]));
    return swish(tf.add<tf.Tensor4D>(tf.conv2d(normal, filter, stride, stockPads(pads)), bias));
  });
}
