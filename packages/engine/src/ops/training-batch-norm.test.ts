import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, numericalGradient, uniformTensor } from '@blemish-tools/jest';
import { plainTrainingBatchNorm, trainingBatchNorm } from './training-batch-norm.js';

const shape: [number, number, number, number] = [2, 3, 4, 5];
const channels = 5;
const positions = 24;
const epsilon = 1e-3;
const xs = uniformTensor(1, 120, -1, 3);
const scales = uniformTensor(2, channels, 0.5, 2);
const offsets = uniformTensor(3, channels, -1, 1);
const weights = uniformTensor(4, 120, -1, 1);

/** Batch normalization in float64, channel by channel. */
function reference(x: ArrayLike<number>, scale: ArrayLike<number>, offset: ArrayLike<number>): { y: number[]; mean: number[]; variance: number[] } {
  const [mean, variance] = [new Array<number>(channels).fill(0), new Array<number>(channels).fill(0)];
  const y = new Array<number>(x.length).fill(0);
  for (let c = 0; c < channels; c++) {
    const values = Array.from({ length: positions }, (_, p) => x[p * channels + c] as number);
    const m = values.reduce((sum, value) => sum + value, 0) / positions;
    const v = values.reduce((sum, value) => sum + (value - m) ** 2, 0) / positions;
    values.forEach((value, p) => {
      y[p * channels + c] = ((value - m) / Math.sqrt(v + epsilon)) * (scale[c] as number) + (offset[c] as number);
    });
    mean[c] = m;
    variance[c] = v;
  }
  return { y, mean, variance };
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((sum, value, i) => sum + value * (b[i] as number), 0);

describeBackends('trainingBatchNorm', (backend) => {
  it.each([['chosen', trainingBatchNorm], ['plain', plainTrainingBatchNorm]] as const)('gives y, mean and biased variance (%s)', (kind, op) => {
    const expected = reference(xs, scales, offsets);
    const actual = tf.tidy(() => op(tf.tensor4d(xs, shape), tf.tensor1d(scales), tf.tensor1d(offsets), epsilon));
    for (const name of ['y', 'mean', 'variance'] as const) {
      expectClose(actual[name].dataSync(), expected[name], { tolerance: 3e-6, label: `trainingBatchNorm ${kind} ${name}`, backend });
    }
    tf.dispose([actual.y, actual.mean, actual.variance]);
  });

  it.each([['chosen', trainingBatchNorm], ['plain', plainTrainingBatchNorm]] as const)('has the gradients of finite differences (%s)', (kind, op) => {
    const gradients = tf.tidy(() =>
      tf.grads((x, scale, offset) =>
        tf.sum(tf.mul(op(x as tf.Tensor4D, scale as tf.Tensor1D, offset as tf.Tensor1D, epsilon).y, tf.tensor4d(weights, shape))),
      )([tf.tensor4d(xs, shape), tf.tensor1d(scales), tf.tensor1d(offsets)]),
    );
    const expected = [
      numericalGradient((x) => dot(reference(x, scales, offsets).y, weights), xs),
      numericalGradient((scale) => dot(reference(xs, scale, offsets).y, weights), scales),
      numericalGradient((offset) => dot(reference(xs, scales, offset).y, weights), offsets),
    ];
    gradients.forEach((gradient, i) => {
      expectClose(gradient.dataSync(), expected[i] as Float64Array, {
        tolerance: 1e-5,
        label: `trainingBatchNorm ${kind} gradient of ${['x', 'scale', 'offset'][i]}`,
        backend,
      });
    });
    tf.dispose(gradients);
  });

  it('keeps its accuracy where the mean is large beside the deviation', () => {
    const far = Float32Array.from(xs, (value) => value / 100 + 30);
    const expected = reference(far, scales, offsets);
    const actual = tf.tidy(() => trainingBatchNorm(tf.tensor4d(far, shape), tf.tensor1d(scales), tf.tensor1d(offsets), epsilon));
    expectClose(actual.variance.dataSync(), expected.variance, { tolerance: 1e-8, label: 'trainingBatchNorm variance beside a large mean', backend });
    tf.dispose([actual.y, actual.mean, actual.variance]);
  });

  it('takes one position', () => {
    const { y, mean, variance } = tf.tidy(() => trainingBatchNorm(tf.tensor4d([3, 4], [1, 1, 1, 2]), tf.tensor1d([1, 1]), tf.tensor1d([5, 6]), epsilon));
    expect([...y.dataSync(), ...mean.dataSync(), ...variance.dataSync()]).toEqual([5, 6, 3, 4, 0, 0]);
    tf.dispose([y, mean, variance]);
  });

  it('names the scale of the wrong size', () => {
    tf.tidy(() => {
      const x = tf.zeros<tf.Rank.R4>(shape);
      expect(() => trainingBatchNorm(x, tf.ones([4]), tf.ones([5]), epsilon)).toThrow('trainingBatchNorm: expected scale and offset of 5 values, got [4] and [5]');
    });
  });
});
