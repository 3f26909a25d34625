import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose } from '@blemish-tools/jest';
import { swish } from './swish.js';

describeBackends('swish', (backend) => {
  it('is x / (1 + exp(-x)), far out too', () => {
    const x = tf.tensor2d([-200, -90, -20, -1.278, -1e-3, 0, 1e-3, 1, 20, 200], [2, 5]);
    const y = swish(x);
    expect(y.shape).toEqual([2, 5]);
    const values = Array.from(x.dataSync());
    expectClose(y.dataSync(), values.map((value) => value / (1 + Math.exp(-value))), { tolerance: 1e-5, label: 'swish', backend });
    tf.dispose([x, y]);
  });
});
