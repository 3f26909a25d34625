import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, naiveMaxPool, numericalGradient, uniformTensor } from '@blemish-tools/jest';
import { forEachIsa, forEachThreadCount } from '../testing/native-variants.js';
import { maxPool, plainMaxPool } from './max-pool.js';

const cases = [
  { shape: [2, 8, 6, 3], kernel: 3, stride: 2, pad: 1 },
  { shape: [1, 7, 9, 2], kernel: 3, stride: 2, pad: 1 },
  { shape: [1, 7, 8, 2], kernel: 2, stride: 2, pad: 0 },
  { shape: [2, 5, 5, 2], kernel: 3, stride: 1, pad: 1 },
  { shape: [2, 4, 5, 19], kernel: 2, stride: 1, pad: 1 }, // more channels than a vector of any instruction set, and not a multiple
] as const;

describeBackends('maxPool', (backend) => {
  describe.each([['chosen', maxPool], ['plain', plainMaxPool]] as const)('%s', (kind, op) => {
    it.each(cases)('%p: values and gradient', ({ shape, ...windows }) => {
      const data = uniformTensor(5, tf.util.sizeFromShape([...shape]), -2, 1); // negative ones too: edges must not win
      const expected = naiveMaxPool({ shape: [...shape], data: Float64Array.from(data) }, windows);
      const weights = uniformTensor(6, expected.data.length, -1, 1);
      const loss = (values: Float64Array): number =>
        naiveMaxPool({ shape: [...shape], data: values }, windows).data.reduce((sum, value, i) => sum + value * (weights[i] as number), 0);
      const gradient = numericalGradient(loss, data);

      forEachIsa(() => {
        forEachThreadCount([1, 3], () => {
          const [x, dy] = [tf.tensor4d(data, [...shape]), tf.tensor4d(weights, [...expected.shape])];
          const y = op(x, windows);
          const dx = tf.grad((map: tf.Tensor) => op(map as tf.Tensor4D, windows) as tf.Tensor)(x, dy);
          expect(y.shape).toEqual(expected.shape);
          expectClose(y.dataSync(), expected.data, { tolerance: 0, label: `max pool ${kind}`, backend });
          expectClose(dx.dataSync(), gradient, { tolerance: 1e-6, label: `max pool gradient ${kind}`, backend });
          tf.dispose([x, y, dy, dx]);
        });
      });
    });

    it('gives all of the gradient to the first of equal values', () => {
      const x = tf.ones<tf.Rank.R4>([1, 4, 4, 1]);
      const dx = tf.grad((map: tf.Tensor) => op(map as tf.Tensor4D, { kernel: 2, stride: 2, pad: 0 }) as tf.Tensor)(x);
      expect([...dx.dataSync()]).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
      tf.dispose([x, dx]);
    });
  });

  it('refuses windows that do not fit', () => {
    const x = tf.zeros<tf.Rank.R4>([1, 1, 4, 2]);
    expect(() => maxPool(x, { kernel: 3, stride: 2 })).toThrow('maxPool: expected a map of at least 3 positions a side, got 1x4');
    expect(() => maxPool(x, { kernel: 3, stride: 2, pad: 2 })).toThrow('maxPool: expected padding of at most half the window of 3, got 2');
    x.dispose();
  });
});
