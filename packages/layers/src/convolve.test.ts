import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, naiveConv2d, uniformTensor } from '@blemish-tools/jest';
import { conditionedConv2d, type ConditionedConvOptions } from './conditioned-conv2d.js';
import { conv2d, type ConvOptions } from './convolve.js';
import { disposeParams, type Params } from './params.js';
import { valueAndGrads } from './value-and-grads.js';

describeBackends('conv2d', (backend) => {
  it.each<[string, 1 | 3 | 5, ConvOptions & { padding: 'zero' | 'replicate' }]>([
    ['1x1', 1, { padding: 'zero' }],
    ['3x3 with zeros around', 3, { padding: 'zero' }],
    ['5x5 with its edge repeated', 5, { padding: 'replicate' }],
    ['3x3 with zeros around, at stride 2', 3, { padding: 'zero', stride: 2 }],
    ['3x3 with its edge repeated, at stride 2', 3, { padding: 'replicate', stride: 2 }],
  ])('is a convolution by definition, %s', (label, kernel, options) => {
    const shape = [2, 6, 5, 3] as const;
    const [x, filter, bias] = [uniformTensor(1, 180, -1, 1), uniformTensor(2, kernel * kernel * 12, -1, 1), uniformTensor(3, 4, -1, 1)];
    const expected = naiveConv2d({ shape, data: Float64Array.from(x) }, filter, bias, kernel, options);
    tf.tidy(() => {
      const params = { 'a.weight': tf.tensor4d(filter, [kernel, kernel, 3, 4]), 'a.bias': tf.tensor1d(bias) };
      const y = conv2d(tf.tensor4d(x, [...shape]), params, 'a', options);
      expect(y.shape).toEqual(expected.shape);
      expectClose(y.dataSync(), expected.data, { tolerance: 1e-5, label: `layers conv2d ${label}`, backend });
    });
  });
});

describeBackends('conditionedConv2d', (backend) => {
  const orders: [ConditionedConvOptions['order'], number][] = [
    ['condition first', 1],
    ['condition last', 1],
    ['condition last', 2],
  ];

  it.each(orders)('equals the convolution of the concatenation and its gradients, %s, %i at a time', (order, batch) => {
    const params: Params = { 'a.weight': tf.tensor(uniformTensor(4, 315, -1, 1), [3, 3, 7, 5]), 'a.bias': tf.tensor(uniformTensor(5, 5, -1, 1)) };
    const inputs = { x: tf.tensor4d(uniformTensor(6, 2 * 4 * 6 * 4, -1, 1), [2, 4, 6, 4]) };
    const condition = tf.tensor4d(uniformTensor(7, batch * 4 * 6 * 3, -1, 1), [batch, 4, 6, 3]);
    const cotangent = tf.tensor(uniformTensor(8, 2 * 4 * 6 * 5, -1, 1), [2, 4, 6, 5]);
    const padding = 'replicate';
    const together = (): tf.Tensor => {
      const c = tf.tile(condition, [2 / batch, 1, 1, 1]);
      return conv2d(tf.concat(order === 'condition first' ? [c, inputs.x] : [inputs.x, c], 3), params, 'a', { padding });
    };
    const run = (y: () => tf.Tensor): Params => {
      const { value, grads } = valueAndGrads(() => tf.sum(tf.mul(y(), cotangent)), { ...params, ...inputs });
      return { value, ...grads };
    };
    const expected = run(together);
    const actual = run(() => conditionedConv2d(inputs.x, condition, params, 'a', { padding, order }));
    expect(Object.keys(actual)).toEqual(['value', 'a.weight', 'a.bias', 'x']);
    for (const [name, tensor] of Object.entries(actual)) {
      const label = `layers conditionedConv2d ${name}`;
      expectClose(tensor.dataSync(), expected[name]?.dataSync() ?? [], { tolerance: 5e-5, label, backend });
    }
    [params, inputs, expected, actual].forEach(disposeParams);
    tf.dispose([condition, cotangent]);
  });

  it('says what it expected where the channels do not add up', () => {
    tf.tidy(() => {
      const params = { 'a.weight': tf.zeros([3, 3, 7, 5]), 'a.bias': tf.zeros([5]) };
      expect(() => conditionedConv2d(tf.zeros<tf.Rank.R4>([1, 4, 4, 4]), tf.zeros<tf.Rank.R3>([4, 4, 2]), params, 'a', { order: 'condition last' })).toThrow(
        'a: expected 7 channels, got 4 and 2 of the condition',
      );
    });
  });
});
