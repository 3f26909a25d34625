import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, uniformTensor } from '@blemish-tools/jest';
import { leakyRelu, plainLeakyRelu, relu } from './leaky-relu.js';

const xs = uniformTensor(11, 60, -2, 2);
const weights = uniformTensor(12, 60, -1, 1);

describeBackends('leakyRelu', (backend) => {
  it.each([
    ['slope 0.2', (x: tf.Tensor) => leakyRelu(x, 0.2), 0.2],
    ['slope 0.01', (x: tf.Tensor) => leakyRelu(x, 0.01), 0.01],
    ['plain', (x: tf.Tensor) => plainLeakyRelu(x, 0.2), 0.2],
    ['relu', (x: tf.Tensor) => relu(x), 0],
  ] as const)('is x or its slope times x, and so is the gradient (%s)', (kind, op, slope) => {
    const { value, grad } = tf.tidy(() => tf.valueAndGrad((x) => tf.sum(tf.mul(op(x), tf.tensor(weights, [3, 20]))))(tf.tensor(xs, [3, 20])));
    const expected = xs.reduce((sum, x, i) => sum + (weights[i] as number) * (x > 0 ? x : slope * x), 0);
    expectClose(value.dataSync(), [expected], { tolerance: 3e-6, label: `leakyRelu ${kind}`, backend });
    expectClose(grad.dataSync(), Array.from(weights, (w, i) => ((xs[i] as number) > 0 ? w : slope * w)), {
      tolerance: 1e-7,
      label: `leakyRelu ${kind} gradient`,
      backend,
    });
    tf.dispose([value, grad]);
  });

  it('names a negative slope', () => {
    tf.tidy(() => {
      const x = tf.scalar(1);
      expect(() => leakyRelu(x, -1)).toThrow('leakyRelu: expected a slope of at least 0, got -1');
    });
  });
});
