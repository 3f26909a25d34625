import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, uniformTensor } from '@blemish-tools/jest';
import { batchNorm } from './batch-norm.js';
import { disposeParams, type Params } from './params.js';

const [n, channels] = [2 * 3 * 4, 3];
const x = uniformTensor(1, n * channels, -2, 3);
const vectors = {
  weight: uniformTensor(2, channels, 0.5, 1.5),
  bias: uniformTensor(3, channels, -1, 1),
  running_mean: uniformTensor(4, channels, -1, 1),
  running_var: uniformTensor(5, channels, 0.5, 2),
};

/** The definition, channel by channel in float64. */
function reference(training: boolean, epsilon: number): { y: Float64Array; mean: number[]; variance: number[] } {
  const y = new Float64Array(x.length);
  const [means, variances]: [number[], number[]] = [[], []];
  for (let c = 0; c < channels; c++) {
    const own = [...x].filter((_, i) => i % channels === c);
    const mean = own.reduce((sum, value) => sum + value, 0) / n;
    const squares = own.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const at = (vector: Float32Array): number => vector[c] as number;
    const [m, v] = training ? [mean, squares / n] : [at(vectors.running_mean), at(vectors.running_var)];
    own.forEach((value, i) => (y[i * channels + c] = ((value - m) / Math.sqrt(v + epsilon)) * at(vectors.weight) + at(vectors.bias)));
    means.push(0.9 * at(vectors.running_mean) + 0.1 * mean);
    variances.push(0.9 * at(vectors.running_var) + (0.1 * squares) / (n - 1));
  }
  return { y, mean: means, variance: variances };
}

describeBackends('batchNorm', (backend) => {
  let params: Params;
  let input: tf.Tensor4D;
  beforeAll(() => {
    params = Object.fromEntries(Object.entries(vectors).map(([name, values]) => [`bn.${name}`, tf.tensor1d(values)]));
    input = tf.tensor4d(x, [2, 3, 4, channels]);
  });
  afterAll(() => {
    disposeParams(params);
    input.dispose();
  });

  it('normalises by the batch, and blends in the unbiased variance', () => {
    const { y, buffers } = batchNorm(input, params, 'bn', { training: true });
    const expected = reference(true, 1e-5);
    expectClose(y.dataSync(), expected.y, { tolerance: 1e-5, label: 'layers batchNorm train', backend });
    expect(Object.keys(buffers)).toEqual(['bn.running_mean', 'bn.running_var']);
    expectClose(buffers['bn.running_mean']?.dataSync() ?? [], expected.mean, { tolerance: 1e-6, label: 'layers batchNorm mean', backend });
    expectClose(buffers['bn.running_var']?.dataSync() ?? [], expected.variance, { tolerance: 1e-6, label: 'layers batchNorm variance', backend });
    y.dispose();
    disposeParams(buffers);
  });

  it('normalises by the running statistics', () => {
    const { y, buffers } = batchNorm(input, params, 'bn', { training: false, epsilon: 1e-3 });
    expectClose(y.dataSync(), reference(false, 1e-3).y, { tolerance: 1e-5, label: 'layers batchNorm eval', backend });
    expect(buffers).toEqual({});
    y.dispose();
  });

  it('refuses to train on one value per channel', () => {
    tf.tidy(() => {
      expect(() => batchNorm(tf.zeros([1, 1, 1, channels]), params, 'bn', { training: true })).toThrow(
        'bn: expected at least 2 values per channel in training, got 1',
      );
    });
  });
});
