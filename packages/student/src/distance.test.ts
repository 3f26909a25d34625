import * as tf from '@tensorflow/tfjs-core';
import { describeBackends } from '@blemish-tools/jest';
import { distancePerPosition } from './distance.js';

describeBackends('distancePerPosition', () => {
  it.each([
    [{}, [2.5, 12.5]],
    [{ reduction: 'sum' as const }, [5, 25]],
  ])('puts the squared differences of the channels together, %p', (options, expected) => {
    tf.tidy(() => {
      const [a, b] = [tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2]), tf.tensor4d([0, 0, 0, 0], [1, 1, 2, 2])];
      expect([...distancePerPosition(a, b, options).dataSync()]).toEqual(expected);
      const mask = tf.tensor3d([0, 0.5], [1, 1, 2]);
      expect([...distancePerPosition(a, b, { ...options, mask }).dataSync()]).toEqual([0, (expected[1] as number) / 2]);
    });
  });
});
