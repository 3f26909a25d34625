import * as tf from '@tensorflow/tfjs-core';
import { getParam, type Params, type ParamSpecs } from '@blemish/layers';
import { descriptorChannels } from './descriptor-layers.js';

/**
 * `decoder.weight` [width,128] and `decoder.bias` [width] of the linear layer that distillation alone needs, starting as
 * PyTorch's do.
 *
 * @param width features of the network that is distilled
 */
export function descriptorDecoderSpecs(width: number): ParamSpecs {
  const rest = { layout: 'plain', trainable: true, initial: { bound: 1 / Math.sqrt(descriptorChannels) } } as const;
  return { 'decoder.weight': { shape: [width, descriptorChannels], ...rest }, 'decoder.bias': { shape: [width], ...rest } };
}

/** The decoder: [N,128] to [N,width]. */
export function decodeDescriptors(params: Readonly<Params>, descriptors: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const product = tf.matMul(descriptors, getParam<tf.Tensor2D>(params, 'decoder.weight'), false, true);
    return tf.add<tf.Tensor2D>(product, getParam(params, 'decoder.bias'));
  });
}
