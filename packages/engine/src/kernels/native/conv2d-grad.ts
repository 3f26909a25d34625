import * as tf from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel.js';
import type { ConvGeometry } from '../../ops/conv2d-gradient.js';
import { executeOne, type Attributes } from './execute.js';

// TensorFlow's gradients run in oneDNN for the paddings SAME and VALID only, in two thirds of the time that explicit ones
// take; so any other padding is put around the input first, and cut off its gradient.

/** Conv2DBackpropInput. */
export const conv2dInputGrad: Kernel<'dy' | 'filter', ConvGeometry> = ({ inputs, attrs, backend }) =>
  tf.tidy(() => {
    const scheme = paddingScheme(attrs);
    const [n, h, w, c] = attrs.inputShape;
    const { top, bottom, left, right } = attrs.padding;
    const framed = scheme === 'FRAME' ? [n, h + top + bottom, w + left + right, c] : [n, h, w, c];
    const shape = tf.tensor1d(framed, 'int32');
    const dx = executeOne(backend, 'Conv2DBackpropInput', attributes(attrs, scheme), [shape, inputs.filter, inputs.dy]);
    return scheme === 'FRAME' ? tf.slice(dx, [0, top, left, 0], [n, h, w, c]) : dx;
  });

/** Conv2DBackpropFilter. */
export const conv2dFilterGrad: Kernel<'x' | 'dy', ConvGeometry> = ({ inputs, attrs, backend }) =>
  tf.tidy(() => {
    const scheme = paddingScheme(attrs);
    const { top, bottom, left, right } = attrs.padding;
    const x = scheme === 'FRAME' ? tf.pad(inputs.x, [[0, 0], [top, bottom], [left, right], [0, 0]]) : inputs.x;
    const shape = tf.tensor1d([...attrs.filterShape], 'int32');
    return executeOne(backend, 'Conv2DBackpropFilter', attributes(attrs, scheme), [x, shape, inputs.dy]);
  });

/** The padding as TensorFlow names it, or FRAME where it has no name for it. */
function paddingScheme({ inputShape, filterShape, strides, padding }: ConvGeometry): 'VALID' | 'SAME' | 'FRAME' {
  const { top, bottom, left, right } = padding;
  if (top === 0 && bottom === 0 && left === 0 && right === 0) return 'VALID';
  const same = tf.backend_util.computeConv2DInfo([...inputShape], [...filterShape], [...strides], 1, 'same').padInfo;
  return same.top === top && same.bottom === bottom && same.left === left && same.right === right ? 'SAME' : 'FRAME';
}

function attributes({ strides }: ConvGeometry, scheme: 'VALID' | 'SAME' | 'FRAME'): Attributes {
  return {
    T: { type: 'float32' },
    strides: { int: [1, ...strides, 1] },
    padding: { string: scheme === 'SAME' ? 'SAME' : 'VALID' },
    data_format: { string: 'NHWC' },
  };
}
