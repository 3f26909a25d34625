import type * as tf from '@tensorflow/tfjs-core';
import { fusedConv2d } from '@blemish/engine';
import { getParam, type Params } from './params.js';

/** What lies beyond the edge: zeros, the nearest value, or nothing (the output shrinks). */
export type Padding = 'zero' | 'replicate' | 'none';

/** How a convolution walks over its input. */
export interface ConvOptions {
  /** With padding the output has the input's size, over the stride, rounded up. Default `zero`. */
  readonly padding?: Padding;
  /** Default 1. */
  readonly stride?: number;
  /** Slope below zero of a LeakyReLU that follows; 0 is the ReLU. Default 1, which is none. */
  readonly slope?: number;
}

/**
 * Convolution (cross-correlation), symmetric in its padding as PyTorch's `Conv2d(padding = (k - 1) / 2)`.
 *
 * @param x [N,h,w,I]
 * @param filter [k,k,I,O], k odd
 * @param bias anything that is added to [N,h,w,O] by broadcasting
 * @returns [N,h,w,O]
 */
export function convolve(x: tf.Tensor4D, filter: tf.Tensor4D, bias?: tf.Tensor, options: ConvOptions = {}): tf.Tensor4D {
  const { padding = 'zero', stride = 1, slope = 1 } = options;
  const pad = padding === 'none' ? 0 : (filter.shape[0] - 1) / 2;
  return fusedConv2d(x, filter, bias, { pad, edges: padding === 'replicate' ? 'replicate' : 'zero', stride, slope });
}

/** `convolve` with the filter `prefix.weight` and the bias `prefix.bias`. */
export function conv2d(x: tf.Tensor4D, params: Readonly<Params>, prefix: string, options?: ConvOptions): tf.Tensor4D {
  return convolve(x, getParam(params, `${prefix}.weight`), getParam(params, `${prefix}.bias`), options);
}
