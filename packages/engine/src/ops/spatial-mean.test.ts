import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, uniformTensor } from '@blemish-tools/jest';
import { spatialMean } from './spatial-mean.js';

describeBackends('spatialMean', (backend) => {
  it('keeps its digits over a large map of nearly equal values', () => {
    const [side, channels] = [384, 8];
    const values = uniformTensor(3, side * side * channels, 0.7, 0.701);
    const expected = new Float64Array(channels);
    for (let i = 0; i < values.length; i++) expected[i % channels] = (expected[i % channels] as number) + (values[i] as number) / side ** 2;
    const x = tf.tensor4d(values, [1, side, side, channels]);
    const means = spatialMean(x);
    expect(means.shape).toEqual([1, channels]);
    expectClose(means.dataSync(), expected, { tolerance: 1e-5, label: 'spatialMean', backend });
    tf.dispose([x, means]);
  });

  it('keeps images and channels apart', () => {
    const x = tf.tensor4d([1, 10, 3, 30, 5, 50, 7, 70, 100, 0, 100, 0, 100, 0, 100, 0], [2, 2, 2, 2]);
    const means = spatialMean(x);
    expect(Array.from(means.dataSync())).toEqual([4, 40, 100, 0]);
    tf.dispose([x, means]);
  });
});
