import type * as tf from '@tensorflow/tfjs-core';
import { invertedResidual, type FilterAndBias, type WindowPads } from '@blemish/engine';
import { getParam, type Params } from '@blemish/layers';
import type { BlockSpec } from './block-table.js';

/**
 * One inverted bottleneck (MBConv) of one image, in inference mode.
 *
 * @param x [1,h,w,I]
 * @param pads zeros around the depthwise convolution
 * @returns [1,h/stride,w/stride,O]
 */
export function applyBlock(x: tf.Tensor4D, params: Params, block: BlockSpec, pads: WindowPads): tf.Tensor4D {
  const { index, stride, skip, expanded, input } = block;
  const layer = (name: string): FilterAndBias => layerOf(params, `_blocks.${index}.${name}`);
  const layers = {
    expand: expanded === input ? undefined : layer('_expand_conv'),
    depthwise: layer('_depthwise_conv'),
    reduce: layer('_se_reduce'),
    excite: layer('_se_expand'),
    project: layer('_project_conv'),
  };
  return invertedResidual(x, layers, { stride, pads, skip });
}

/** A convolution's filter and bias. */
export function layerOf(params: Params, name: string): FilterAndBias {
  return { filter: getParam(params, `${name}.weight`), bias: getParam(params, `${name}.bias`) };
}
