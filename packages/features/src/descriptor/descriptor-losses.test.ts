import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, maxAbs, numericalGradient, uniformTensor } from '@blemish-tools/jest';
import { createRandom, initParams } from '@blemish/layers';
import { compactnessLoss, type CompactnessKind } from './compactness-loss.js';
import { decodeDescriptors, descriptorDecoderSpecs } from './descriptor-decoder.js';
import { knowledgeLoss } from './knowledge-loss.js';
import { tripletLoss } from './triplet-loss.js';

const [count, length] = [4, 6];
const draw = (seed: number): Float32Array => uniformTensor(seed, count * length, -1, 1);
const row = (values: ArrayLike<number>, i: number): number[] => Array.from({ length }, (_, k) => values[i * length + k] as number);
const rows = (values: ArrayLike<number>): number[][] => Array.from({ length: count }, (_, i) => row(values, i));
const distance = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, value, k) => sum + (value - (y[k] as number)) ** 2, 0);
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Pearson's, by its definition. */
function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const product = x.reduce((sum, value, k) => sum + (value - mx) * ((y[k] as number) - my), 0);
  return product / Math.sqrt(distance(x, x.map(() => mx)) * distance(y, y.map(() => my)));
}

function compactness(vectors: readonly (readonly number[])[], kind: CompactnessKind): number {
  const of = { signed: (c: number): number => c, absolute: Math.abs, squared: (c: number): number => c * c }[kind];
  return vectors.reduce((sum, x, i) => sum + vectors.reduce((part, y, j) => (i === j ? part : part + of(correlation(x, y))), 0), 0);
}

describeBackends('the losses of distillation', (backend) => {
  /** Value and gradient by the first argument against float64 and finite differences. */
  function check(row: string, loss: (x: tf.Tensor2D) => tf.Scalar, naive: (x: ArrayLike<number>) => number, at: Float32Array): void {
    const { value, grad } = tf.tidy(() => tf.valueAndGrad((x) => loss(x as tf.Tensor2D))(tf.tensor2d(at, [count, length])));
    const [expected, gradient] = [naive(at), numericalGradient(naive, at)];
    expectClose(value.dataSync(), [expected], { tolerance: 3e-6 * Math.max(1, Math.abs(expected)), label: `${row}`, backend });
    expectClose(grad.dataSync(), gradient, { tolerance: 1e-5 * maxAbs(gradient), label: `${row} gradient`, backend });
    tf.dispose([value, grad]);
  }

  it('knowledgeLoss is the mean squared distance', () => {
    const target = tf.tensor2d(draw(2), [count, length]);
    check('knowledge loss', (x) => knowledgeLoss(x, target), (x) => mean(rows(x).map((one, i) => distance(one, row(draw(2), i)))), draw(1));
    const other = tf.zeros<tf.Rank.R2>([count, 5]);
    expect(() => knowledgeLoss(target, other)).toThrow('knowledgeLoss: expected features of one shape, got [4,6] and [4,5]');
    tf.dispose([target, other]);
  });

  it.each<CompactnessKind>(['signed', 'absolute', 'squared'])('compactnessLoss sums %s correlations of all pairs', (kind) => {
    check(`compactness ${kind}`, (x) => compactnessLoss(x, kind), (x) => compactness(rows(x), kind), draw(3));
    const columns = (x: ArrayLike<number>): number[][] => Array.from({ length }, (_, k) => rows(x).map((one) => one[k] as number));
    check(`compactness of channels ${kind}`, (x) => compactnessLoss(x, kind, 'channels'), (x) => compactness(columns(x), kind), draw(3));
  });

  it('compactnessLoss of descriptors without variance is 0, and so is its gradient', () => {
    const { value, grad } = tf.tidy(() => tf.valueAndGrad((x) => compactnessLoss(x as tf.Tensor2D))(tf.zeros([3, 5])));
    expect(value.dataSync()[0]).toBe(0);
    expect([...grad.dataSync()].every((one) => one === 0)).toBe(true);
    tf.dispose([value, grad]);
  });

  it('tripletLoss wants the positive nearer than the negative by the margin', () => {
    const positive = draw(4).map((value, i) => 0.3 * value + (draw(5)[i] as number));
    const naive = (margin: number) => (x: ArrayLike<number>): number =>
      mean(rows(x).map((a, i) => {
        const [p, n] = [row(positive, i), row(draw(6), i)];
        return Math.max(0, margin + distance(a, p) - Math.min(distance(a, n), distance(p, n)));
      }));
    const [p, n] = [positive, draw(6)].map((values) => tf.tensor2d(values, [count, length])) as [tf.Tensor2D, tf.Tensor2D];
    check('triplet loss', (x) => tripletLoss(x, p, n), naive(1), draw(5));
    check('triplet loss, margin 4', (x) => tripletLoss(x, p, n, 4), naive(4), draw(5));
    const negatives = tf.add<tf.Tensor2D>(p, 10);
    const far = tripletLoss(p, p, negatives);
    expect(far.dataSync()[0]).toBe(0);
    tf.dispose([p, n, negatives, far]);
  });

  it('decodeDescriptors is linear, its parameters named as in PyTorch', () => {
    const specs = descriptorDecoderSpecs(3);
    expect(Object.entries(specs).map(([name, { shape }]) => [name, shape])).toEqual([['decoder.weight', [3, 128]], ['decoder.bias', [3]]]);
    const params = initParams(specs, createRandom(1));
    const x = tf.tensor2d(uniformTensor(7, 256, -1, 1), [2, 128]);
    const y = decodeDescriptors(params, x);
    const [weight, bias, values] = [params['decoder.weight'], params['decoder.bias'], x].map((tensor) => tensor?.dataSync() as Float32Array) as [Float32Array, Float32Array, Float32Array];
    const expected = Array.from({ length: 6 }, (_, at) => {
      const [i, o] = [Math.floor(at / 3), at % 3];
      return Array.from({ length: 128 }, (_, k) => (values[i * 128 + k] as number) * (weight[o * 128 + k] as number)).reduce((a, b) => a + b, bias[o] as number);
    });
    expectClose(y.dataSync(), expected, { tolerance: 2e-6, label: 'descriptor decoder', backend });
    tf.dispose([x, y, params]);
  });
});
