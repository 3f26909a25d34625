import * as tf from '@tensorflow/tfjs-core';
import { describeBackends } from '@blemish-tools/jest';
import { likelihoodPerPosition } from './likelihood.js';

describeBackends('likelihoodPerPosition', () => {
  const z = [1, 2, 3, -4];
  it('is half the squared length less the log-determinant, weighted by the mask', () => {
    tf.tidy(() => {
      const [map, logAbsDet] = [tf.tensor4d(z, [1, 1, 2, 2]), tf.tensor3d([0.5, -1], [1, 1, 2])];
      expect([...likelihoodPerPosition(map, logAbsDet).dataSync()]).toEqual([2, 13.5]);
      expect([...likelihoodPerPosition(map, logAbsDet, tf.tensor3d([0, 0.5], [1, 1, 2])).dataSync()]).toEqual([0, 6.75]);
    });
  });
});
