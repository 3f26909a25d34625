import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose } from '@blemish-tools/jest';

describeBackends('startEngine', (backend) => {
  it('multiplies matrices', () => {
    expectClose(
      tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]])).dataSync()),
      [19, 22, 43, 50],
      { tolerance: 0, label: 'matMul', backend },
    );
  });
});
