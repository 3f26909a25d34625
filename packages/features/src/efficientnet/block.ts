import * as tf from '@tensorflow/tfjs-core';
import { getParam, type Params } from '@blemish/layers';
import { spatialMean } from '../spatial-mean.js';
import { swish } from '../swish.js';
import type { BlockSpec } from './block-table.js';
import { applyConvNorm, normalise } from './conv-norm.js';
import type { Pads } from './padding.js';

// Notation: I, E, S, O: channels coming in, expanded, squeezed, going out; one image, [1,h,w,·].

/**
 * One inverted bottleneck (MBConv) of one image, in inference mode.
 *
 * @param x [1,h,w,I]
 * @param pads zeros around the depthwise convolution; undefined: TensorFlow's SAME
 * @returns [1,h/stride,w/stride,O]
 */
export function applyBlock(x: tf.Tensor4D, params: Params, block: BlockSpec, pads: Pads | undefined): tf.Tensor4D {
  const at = `_blocks.${block.index}`;
  return tf.tidy(() => {
    const expanded = block.expanded === block.input ? x : expand(x, params, at); // [1,h,w,E]
    const filtered = activate(
      applyConvNorm(expanded, params, {
        convolution: `${at}._depthwise_conv`,
        norm: `${at}._bn1`,
        stride: block.stride,
        depthwise: true,
        pads,
      }),
    ); // [1,h',w',E]
    if (expanded !== x) expanded.dispose();
    const projected = project(filtered, gate(filtered, params, at), params, at); // [1,h',w',O]
    return block.skip ? tf.add(projected, x) : projected;
  });
}

function expand(x: tf.Tensor4D, params: Params, at: string): tf.Tensor4D {
  const layer = { convolution: `${at}._expand_conv`, norm: `${at}._bn0`, stride: 1, depthwise: false, pads: undefined };
  return activate(applyConvNorm(x, params, layer));
}

/** Swish; frees its input, the largest tensors there are. */
export function activate(x: tf.Tensor4D): tf.Tensor4D {
  const y = swish(x);
  x.dispose();
  return y;
}

/** Squeeze-excite (Hu et al. 2018): a factor in (0,1) for each channel from the channels' means, [E,1]. */
function gate(x: tf.Tensor4D, params: Params, at: string): tf.Tensor2D {
  const linear = (input: tf.Tensor2D, name: string): tf.Tensor2D => {
    const weight = getParam<tf.Tensor4D>(params, `${name}.weight`);
    const matrix = tf.reshape(weight, [weight.shape[2], weight.shape[3]]);
    return tf.add(tf.matMul(input, matrix), getParam(params, `${name}.bias`));
  };
  const squeezed = swish(linear(spatialMean(x), `${at}._se_reduce`)); // [1,S]
  return tf.reshape(tf.sigmoid(linear(squeezed, `${at}._se_expand`)), [-1, 1]); // [E,1]
}

/** The gated map through the 1x1 projection: the gate multiplies the filter's rows, which are few, not the map. */
function project(x: tf.Tensor4D, factors: tf.Tensor2D, params: Params, at: string): tf.Tensor4D {
  const filter = getParam<tf.Tensor4D>(params, `${at}._project_conv.weight`);
  const [, height, width, channels] = x.shape;
  const output = filter.shape[3];
  const gated = tf.mul(tf.reshape(filter, [channels, output]), factors); // [E,O]
  const y = tf.matMul(tf.reshape(x, [height * width, channels]), gated); // [h'w',O]
  return normalise(tf.reshape(y, [1, height, width, output]), params, `${at}._project_conv`, `${at}._bn2`);
}
