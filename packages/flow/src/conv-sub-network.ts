import * as tf from '@tensorflow/tfjs-core';
import { conditionedConv2d, conv2d, convolve, convSpecs, getParam } from '@blemish/layers';
import type { SubNetwork } from './sub-network.js';

/** Size of a convolutional sub-network. */
export interface ConvSubNetworkOptions {
  /** Channels between its two convolutions. */
  readonly hidden: number;
  /** Edge of both kernels, odd: how far a position looks around. */
  readonly kernel: number;
}

/**
 * The sub-network of AST's teacher (Rudolph et al., WACV 2023, section 3.2): convolution, ReLU, convolution, replicate
 * padding, times a learnt number `gamma` that starts at 0, so that the flow starts as a mere permutation.
 */
export function convSubNetwork({ hidden, kernel }: ConvSubNetworkOptions): SubNetwork {
  if (kernel % 2 !== 1) throw new Error(`convSubNetwork: expected an odd kernel, got ${kernel}`);
  const first = { padding: 'replicate', slope: 0 } as const; // convolution and ReLU
  return {
    specs: (prefix, inChannels, outChannels) => ({
      [`${prefix}.gamma`]: { shape: [1], layout: 'plain', trainable: true, initial: 0 },
      ...convSpecs(`${prefix}.conv1`, kernel, inChannels, hidden),
      ...convSpecs(`${prefix}.conv2`, kernel, hidden, outChannels),
    }),
    apply: (params, prefix, x, condition) =>
      tf.tidy(() => {
        const at = `${prefix}.conv1`;
        const mapped =
          condition === undefined
            ? conv2d(x, params, at, first)
            : conditionedConv2d(x, condition, params, at, { ...first, order: 'condition last' }); // [N,h,w,hidden]
        // gamma scales the filter instead of the output, which is far larger; one copy of it for each output channel, so
        // that its gradient is summed in two levels and keeps its digits in float32.
        const offset = getParam(params, `${prefix}.conv2.bias`);
        const gamma = tf.mul(tf.ones(offset.shape), getParam(params, `${prefix}.gamma`)); // [out]
        const filter = tf.mul<tf.Tensor4D>(getParam(params, `${prefix}.conv2.weight`), gamma); // [k,k,hidden,out]
        const bias = tf.mul(offset, gamma);
        return convolve(mapped, filter, bias, { padding: 'replicate' }); // [N,h,w,out]
      }),
  };
}
