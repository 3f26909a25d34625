import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, maxAbs, uniformTensor } from '@blemish-tools/jest';
import { forEachIsa, forEachThreadCount } from '../testing/native-variants.js';
import { fusedBatchNorm, type ChannelStatistics, type FusedBatchNormOptions } from './fused-batch-norm.js';

// Notation: n: normalised value; g: gradient of what comes out of the normalisation.
const [positions, c, epsilon, slope] = [2 * 9 * 8, 37, 1e-3, 0.2];
const shape = [2, 9, 8, c] as const;
// Means far from zero beside the spread: where the variance is lost if it is computed carelessly.
const x = uniformTensor(1, positions * c, -1, 1).map((value, i) => value * (1 + (i % c)) * 0.1 + (i % c));
const scale = uniformTensor(2, c, -2, 2);
const offset = uniformTensor(3, c, -1, 1);
const residual = uniformTensor(4, positions * c, -1, 1);
const dy = uniformTensor(5, positions * c, -1, 1);
const given = { mean: uniformTensor(6, c, 0, 40), variance: uniformTensor(7, c, 0.5, 2) };

interface Expected {
  readonly y: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly dx: Float64Array;
  readonly dScale: Float64Array;
  readonly dOffset: Float64Array;
}

/** By definition, in float64. */
function expected(training: boolean): Expected {
  const at = (array: ArrayLike<number>, i: number): number => array[i] as number;
  const columns = (of: (i: number) => number): Float64Array => Float64Array.from({ length: c }, (_, i) => of(i));
  const sum = (i: number, of: (k: number) => number): number => Array.from({ length: positions }, (_, p) => of(p * c + i)).reduce((a, b) => a + b, 0);
  const mean = columns((i) => (training ? sum(i, (k) => at(x, k)) / positions : at(given.mean, i)));
  const variance = columns((i) => (training ? sum(i, (k) => (at(x, k) - at(mean, i)) ** 2) / positions : at(given.variance, i)));
  const n = (k: number): number => (at(x, k) - at(mean, k % c)) / Math.sqrt(at(variance, k % c) + epsilon);
  const z = (k: number): number => at(scale, k % c) * n(k) + at(offset, k % c);
  const g = (k: number): number => at(dy, k) * (z(k) > 0 ? 1 : slope);
  const dOffset = columns((i) => sum(i, g));
  const dScale = columns((i) => sum(i, (k) => g(k) * n(k)));
  const y = Float64Array.from(x, (_, k) => (z(k) > 0 ? z(k) : slope * z(k)) + at(residual, k));
  const dx = Float64Array.from(x, (_, k) => {
    const i = k % c;
    const [meanG, meanGN] = training ? [at(dOffset, i) / positions, at(dScale, i) / positions] : [0, 0];
    return (at(scale, i) / Math.sqrt(at(variance, i) + epsilon)) * (g(k) - meanG - n(k) * meanGN);
  });
  return { y, mean, variance, dx, dScale, dOffset };
}

describeBackends('fusedBatchNorm', (backend) => {
  it.each([true, false])('is the formula in float64, and so are its gradients; by the batch\'s own statistics: %s', (training) => {
    const wanted = expected(training);
    const tensors = tf.tidy(() => ({
      x: tf.tensor4d(x, [...shape]), scale: tf.tensor1d(scale), offset: tf.tensor1d(offset), residual: tf.tensor4d(residual, [...shape]),
      dy: tf.tensor4d(dy, [...shape]), mean: tf.tensor1d(given.mean), variance: tf.tensor1d(given.variance),
    }));
    const statistics: ChannelStatistics | undefined = training ? undefined : tensors;
    forEachIsa((isa) => {
      const found = tf.tidy(() => {
        const run = (a: tf.Tensor, s: tf.Tensor, o: tf.Tensor, r: tf.Tensor): ReturnType<typeof fusedBatchNorm> => {
          const options: FusedBatchNormOptions = { epsilon, slope, residual: r as tf.Tensor4D };
          return fusedBatchNorm(a as tf.Tensor4D, s as tf.Tensor1D, o as tf.Tensor1D, statistics, options);
        };
        const inputs = [tensors.x, tensors.scale, tensors.offset, tensors.residual] as const;
        const { grads } = tf.valueAndGrads((a, s, o, r) => tf.sum(tf.mul(run(a as tf.Tensor, s as tf.Tensor, o as tf.Tensor, r as tf.Tensor).y, tensors.dy)))([...inputs]);
        const [dx, dScale, dOffset, dResidual] = grads as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
        return { ...run(...inputs), dx, dScale, dOffset, dResidual };
      });
      for (const [name, values] of [...Object.entries(wanted), ['dResidual', dy] as const]) {
        const tensor = found[name as keyof typeof found];
        expectClose(tensor.dataSync(), values, { tolerance: 4e-6 * maxAbs(values), label: `fusedBatchNorm ${isa} ${name}`, backend });
      }
      tf.dispose(found);
    });
    tf.dispose(tensors);
  });

  it('gives the same bits with any number of threads', () => {
    const tensors = [tf.tensor4d(x, [...shape]), tf.tensor1d(scale), tf.tensor1d(offset)] as const;
    const found: string[] = [];
    forEachThreadCount([1, 2, 3], () => {
      const { y, mean, variance } = fusedBatchNorm(...tensors, undefined, { epsilon, slope });
      found.push(Buffer.from(y.dataSync().buffer).toString('base64'));
      tf.dispose([y, mean, variance]);
    });
    expect(new Set(found).size).toBe(1);
    tf.dispose([...tensors]);
  });
});
