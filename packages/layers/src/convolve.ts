import * as tf from '@tensorflow/tfjs-core';
import { replicatePad } from '@blemish/engine';
import { getParam, type Params } from './params.js';

/** What lies beyond the edge: zeros, the nearest value, or nothing (the output shrinks). */
export type Padding = 'zero' | 'replicate' | 'none';

/** How a convolution walks over its input. */
export interface ConvOptions {
  /** With padding the output has the input's size, over the stride, rounded up. Default `zero`. */
  readonly padding?: Padding;
  /** Default 1. */
  readonly stride?: number;
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
  const { padding = 'zero', stride = 1 } = options;
  const [kernel] = filter.shape;
  const pad = (kernel - 1) / 2;
  // One output per input: SAME is symmetric for an odd kernel. At larger strides it is not, and the padding is explicit.
  const same = padding === 'zero' && stride === 1;
  return tf.tidy(() => {
    const padded = same || padding === 'none' || pad === 0 ? x : padEdges(x, pad, padding);
    const y = tf.conv2d(padded, filter, stride, same ? 'same' : 'valid');
    return bias === undefined ? y : tf.add(y, bias);
  });
}

/** `convolve` with the filter `prefix.weight` and the bias `prefix.bias`. */
export function conv2d(x: tf.Tensor4D, params: Readonly<Params>, prefix: string, options?: ConvOptions): tf.Tensor4D {
  return convolve(x, getParam(params, `${prefix}.weight`), getParam(params, `${prefix}.bias`), options);
}

function padEdges(x: tf.Tensor4D, pad: number, padding: 'zero' | 'replicate'): tf.Tensor4D {
  if (padding === 'replicate') return replicatePad(x, pad);
  return tf.pad(x, [[0, 0], [pad, pad], [pad, pad], [0, 0]]);
}
