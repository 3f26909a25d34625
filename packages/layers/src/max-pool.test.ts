import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, naiveMaxPool, numericalGradient, uniformTensor } from '@blemish-tools/jest';
import { maxPool } from './max-pool.js';
import { sizeOf } from './param-specs.js';

const cases = [
  { shape: [2, 8, 6, 3], kernel: 3, stride: 2, pad: 1 },
  { shape: [1, 7, 9, 2], kernel: 3, stride: 2, pad: 1 },
  { shape: [1, 7, 8, 2], kernel: 2, stride: 2, pad: 0 },
  { shape: [2, 5, 5, 2], kernel: 3, stride: 1, pad: 1 },
] as const;

describeBackends('maxPool', (backend) => {
  it.each(cases)('%p: values and gradient', ({ shape, ...windows }) => {
    const data = uniformTensor(5, sizeOf(shape), -2, 1); // negative ones too: edges must not win
    const expected = naiveMaxPool({ shape: [...shape], data: Float64Array.from(data) }, windows);
    const weights = uniformTensor(6, expected.data.length, -1, 1);
    const loss = (values: Float64Array): number =>
      naiveMaxPool({ shape: [...shape], data: values }, windows).data.reduce((sum, value, i) => sum + value * (weights[i] as number), 0);

    const [x, dy] = [tf.tensor4d(data, [...shape]), tf.tensor4d(weights, [...expected.shape])];
    const y = maxPool(x, windows);
    const dx = tf.grad((map: tf.Tensor) => maxPool(map as tf.Tensor4D, windows) as tf.Tensor)(x, dy);
    expect(y.shape).toEqual(expected.shape);
    expectClose(y.dataSync(), expected.data, { tolerance: 0, label: 'max pool', backend });
    expectClose(dx.dataSync(), numericalGradient(loss, data), { tolerance: 1e-6, label: 'max pool gradient', backend });
    tf.dispose([x, y, dy, dx]);
  });

  it('refuses a map that no window fits', () => {
    const x = tf.zeros<tf.Rank.R4>([1, 1, 4, 2]);
    expect(() => maxPool(x, { kernel: 3, stride: 2 })).toThrow('maxPool: expected a map of at least 3 positions a side, got 1x4');
    x.dispose();
  });
});
