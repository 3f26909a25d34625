import * as tf from '@tensorflow/tfjs-core';
import { batchNorm, getParam, type Params } from '@blemish/layers';
import type { Pads } from './padding.js';

/** EfficientNet's batch normalisation adds this to the variance. */
export const batchNormEpsilon = 1e-3;

/** A convolution without bias and the batch normalisation after it. */
export interface ConvNorm {
  /** Prefix of the convolution's weight. */
  readonly convolution: string;
  /** Prefix of the normalisation's weights. */
  readonly norm: string;
  readonly stride: number;
  /** One filter a channel. */
  readonly depthwise: boolean;
  /** Zeros at the edges; undefined: TensorFlow's SAME from the real input. */
  readonly pads: Pads | undefined;
}

/**
 * The convolution and its normalisation, which has moved into filter and bias where the parameters were folded.
 *
 * @param x [N,h,w,I]
 * @returns [N,h/stride,w/stride,O], rounded up
 */
export function applyConvNorm(x: tf.Tensor4D, params: Params, layer: ConvNorm): tf.Tensor4D {
  const { convolution, norm, stride, depthwise, pads } = layer;
  const filter = getParam<tf.Tensor4D>(params, `${convolution}.weight`);
  const pad = pads === undefined ? 'same' : ([[0, 0], pads, pads, [0, 0]] as tf.backend_util.ExplicitPadding);
  return tf.tidy(() => {
    const y = depthwise ? tf.depthwiseConv2d(x, filter, stride, pad) : tf.conv2d(x, filter, stride, pad);
    return normalise(y, params, convolution, norm);
  });
}

/** What follows a convolution: the folded bias, or the normalisation by running statistics. */
export function normalise(y: tf.Tensor4D, params: Params, convolution: string, norm: string): tf.Tensor4D {
  const bias = params[`${convolution}.bias`];
  if (bias !== undefined) return tf.add(y, bias);
  return batchNorm(y, params, norm, { training: false, epsilon: batchNormEpsilon }).y;
}
