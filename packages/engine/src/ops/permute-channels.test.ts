import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, uniformTensor } from '@blemish-tools/jest';
import { invertPermutation, permuteChannels, plainPermuteChannels } from './permute-channels.js';

const permutation = Int32Array.of(3, 0, 4, 2, 1);
const xs = uniformTensor(31, 60, -1, 1);
const weights = uniformTensor(32, 60, -1, 1);

describeBackends('permuteChannels', (backend) => {
  it.each([['chosen', permuteChannels], ['plain', plainPermuteChannels]] as const)('takes channel permutation[i] as channel i, and sends its gradient back (%s)', (kind, op) => {
    const moved = Array.from({ length: 60 }, (_, at) => xs[at - (at % 5) + (permutation[at % 5] as number)] as number);
    const y = tf.tidy(() => op(tf.tensor4d(xs, [2, 3, 2, 5]), permutation));
    expectClose(y.dataSync(), moved, { tolerance: 0, label: `permuteChannels ${kind}`, backend });

    const expected = new Array<number>(60).fill(0);
    weights.forEach((weight, at) => (expected[at - (at % 5) + (permutation[at % 5] as number)] = weight));
    const gradient = tf.tidy(() => tf.grad((x) => tf.sum(tf.mul(op(x, permutation), tf.tensor4d(weights, [2, 3, 2, 5]))))(tf.tensor4d(xs, [2, 3, 2, 5])));
    expectClose(gradient.dataSync(), expected, { tolerance: 0, label: `permuteChannels ${kind} gradient`, backend });
    tf.dispose([y, gradient]);
  });

  it('is undone by the inverse', () => {
    const y = tf.tidy(() => permuteChannels(permuteChannels(tf.tensor4d(xs, [3, 2, 2, 5]), permutation), invertPermutation(permutation)));
    expect(Array.from(y.dataSync())).toEqual(Array.from(xs));
    y.dispose();
  });

  it('names what is no permutation', () => {
    tf.tidy(() => {
      const x = tf.ones([2, 3]);
      expect(() => permuteChannels(x, Int32Array.of(0, 1))).toThrow('permuteChannels: expected a permutation of 3 channels, got 2 values');
      expect(() => permuteChannels(x, Int32Array.of(0, 2, 2))).toThrow('permutation: expected each of 0 to 2 once, got 2 at 2');
      expect(() => permuteChannels(x, Int32Array.of(0, 1, 3))).toThrow('permutation: expected each of 0 to 2 once, got 3 at 2');
    });
  });
});
