import type { FilterAndBias, InvertedResidualLayers, InvertedResidualOptions, WindowPads } from '@blemish/engine';
import { getParam, type Params } from '@blemish/layers';
import type { BlockSpec } from './block-table.js';

/** An inverted bottleneck (MBConv) as the engine takes it; `pads`: zeros around the depthwise convolution. */
export function blockOf(params: Params, block: BlockSpec, pads: WindowPads): { readonly layers: InvertedResidualLayers; readonly options: InvertedResidualOptions } {
  const { index, stride, skip, expanded, input } = block;
  const layer = (name: string): FilterAndBias => layerOf(params, `_blocks.${index}.${name}`);
  const layers = {
    expand: expanded === input ? undefined : layer('_expand_conv'),
    depthwise: layer('_depthwise_conv'),
    reduce: layer('_se_reduce'),
    excite: layer('_se_expand'),
    project: layer('_project_conv'),
  };
  return { layers, options: { stride, pads, skip } };
}

/** A convolution's filter and bias. */
export function layerOf(params: Params, name: string): FilterAndBias {
  return { filter: getParam(params, `${name}.weight`), bias: getParam(params, `${name}.bias`) };
}
