import * as tf from '@tensorflow/tfjs-core';
import type { FusedConvAttributes } from '../../ops/fused-conv2d.js';
import type { Kernel } from '../kernel.js';
import { execute, executeOne, type Attributes } from './execute.js';

/** Minimal filtering on tiles of 6x6 (packages/engine/native/winograd.h), offset and activation in its last pass. */
export const fusedConv2d: Kernel<'x' | 'filter', FusedConvAttributes> = ({ inputs, attrs, backend }) =>
  tf.tidy(() => {
    const none = tf.tensor1d([]);
    const { x, filter } = inputs;
    const offset = (inputs as { readonly offset?: tf.Tensor }).offset ?? none;
    return executeOne(backend, 'BlemishNativeConv', attributes(attrs, filter.shape[0] as number), [x, filter, offset, none]);
  });

export const fusedConv2dInputGrad: Kernel<'dy' | 'y' | 'filter', FusedConvAttributes> = ({ inputs, attrs, backend }) => {
  const { dy, y, filter } = inputs;
  const [, height, width] = attrs.inputShape;
  return executeOne(backend, 'BlemishNativeConvInputGrad', attributes(attrs, filter.shape[0] as number, [height, width]), [dy, y, filter]);
};

/** Gives the gradient of the filter, and that of an offset for each channel. */
export const fusedConv2dFilterGrad: Kernel<'x' | 'dy' | 'y', FusedConvAttributes & { readonly kernel: number }> = ({ inputs, attrs, backend }) =>
  execute(backend, 'BlemishNativeConvFilterGrad', attributes(attrs, attrs.kernel), [inputs.x, inputs.dy, inputs.y], 2);

function attributes({ pad, edges, slope }: FusedConvAttributes, kernel: number, more: readonly number[] = []): Attributes {
  return { settings: { int: [kernel, pad, edges === 'replicate' ? 1 : 0, ...more] }, number: { float: slope } };
}
