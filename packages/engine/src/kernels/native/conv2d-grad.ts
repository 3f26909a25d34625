import * as tf from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel.js';
import type { ConvGeometry } from '../../ops/conv2d-gradient.js';
import { executeOne, type Attributes } from './execute.js';

/** Conv2DBackpropInput, explicit padding included (tfjs-node's own kernel takes `valid` and `same` only). */
export const conv2dInputGrad: Kernel<'dy' | 'filter', ConvGeometry> = ({ inputs, attrs, backend }) =>
  tf.tidy(() => {
    const shape = tf.tensor1d([...attrs.inputShape], 'int32');
    return executeOne(backend, 'Conv2DBackpropInput', attributes(attrs), [shape, inputs.filter, inputs.dy]);
  });

/** Conv2DBackpropFilter, likewise. */
export const conv2dFilterGrad: Kernel<'x' | 'dy', ConvGeometry> = ({ inputs, attrs, backend }) =>
  tf.tidy(() => {
    const shape = tf.tensor1d([...attrs.filterShape], 'int32');
    return executeOne(backend, 'Conv2DBackpropFilter', attributes(attrs), [inputs.x, shape, inputs.dy]);
  });

function attributes({ strides, padding }: ConvGeometry): Attributes {
  const { top, bottom, left, right } = padding;
  const none = top === 0 && bottom === 0 && left === 0 && right === 0;
  return {
    T: { type: 'float32' },
    strides: { int: [1, ...strides, 1] },
    padding: { string: none ? 'VALID' : 'EXPLICIT' },
    ...(none ? {} : { explicit_paddings: { int: [0, 0, top, bottom, left, right, 0, 0] } }),
    data_format: { string: 'NHWC' },
  };
}
