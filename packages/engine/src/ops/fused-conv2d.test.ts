import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, maxAbs, naiveConv2d, uniformTensor } from '@blemish-tools/jest';
import { forEachIsa, forEachThreadCount } from '../testing/native-variants.js';
import { fusedConv2d, plainFusedConv2d, type FusedConvOptions } from './fused-conv2d.js';

interface Case {
  readonly input: readonly [n: number, h: number, w: number, c: number];
  readonly outputs: number;
  readonly kernel: 1 | 3 | 5;
  readonly options: FusedConvOptions;
  readonly offset: 'none' | 'channel' | 'position' | 'output';
}

/** Sizes and channels that no vector and no tile divides, and those that all do; few tiles and many; every kind of offset. */
const cases: readonly Case[] = [
  { input: [2, 7, 9, 5], outputs: 6, kernel: 3, options: { pad: 1, edges: 'zero', slope: 1 }, offset: 'channel' },
  { input: [3, 24, 24, 34], outputs: 40, kernel: 3, options: { pad: 1, edges: 'replicate', slope: 0.01 }, offset: 'position' },
  { input: [2, 10, 11, 17], outputs: 33, kernel: 5, options: { pad: 2, edges: 'zero', slope: 0 }, offset: 'output' },
  { input: [1, 9, 6, 16], outputs: 16, kernel: 5, options: { pad: 2, edges: 'replicate', slope: 1 }, offset: 'none' },
  { input: [2, 24, 20, 100], outputs: 70, kernel: 5, options: { pad: 2, edges: 'replicate', slope: 0.2 }, offset: 'channel' },
  { input: [2, 8, 8, 40], outputs: 70, kernel: 3, options: { pad: 0, edges: 'zero', slope: 0.2 }, offset: 'channel' },
  { input: [1, 1, 1, 3], outputs: 4, kernel: 3, options: { pad: 1, edges: 'replicate', slope: 1 }, offset: 'channel' },
  { input: [2, 5, 6, 3], outputs: 4, kernel: 1, options: { pad: 0, edges: 'zero', slope: 0 }, offset: 'channel' },
  { input: [2, 9, 8, 3], outputs: 4, kernel: 3, options: { pad: 1, edges: 'replicate', stride: 2, slope: 1 }, offset: 'channel' },
];

interface Inputs {
  readonly x: tf.Tensor4D;
  readonly filter: tf.Tensor4D;
  readonly offset: tf.Tensor | undefined;
  /** A cotangent for the output. */
  readonly dy: tf.Tensor4D;
}

function inputsOf({ input, outputs, kernel, options, offset }: Case): Inputs {
  const [n, h, w, c] = input;
  const { pad, stride = 1 } = options;
  const [outH, outW] = [h, w].map((length) => Math.floor((length + 2 * pad - kernel) / stride) + 1) as [number, number];
  const draw = (seed: number, shape: readonly number[]): tf.Tensor => tf.tensor(uniformTensor(seed, shape.reduce((a, b) => a * b), -1, 1), [...shape]);
  const shapes = { none: undefined, channel: [outputs], position: [1, outH, outW, outputs], output: [n, outH, outW, outputs] }[offset];
  return {
    x: draw(1, input) as tf.Tensor4D,
    filter: draw(2, [kernel, kernel, c, outputs]) as tf.Tensor4D,
    offset: shapes === undefined ? undefined : draw(3, shapes),
    dy: draw(4, [n, outH, outW, outputs]) as tf.Tensor4D,
  };
}

function disposeInputs({ x, filter, offset, dy }: Inputs): void {
  tf.dispose(offset === undefined ? [x, filter, dy] : [x, filter, offset, dy]);
}

describeBackends('fusedConv2d', (backend) => {
  it.each(cases)('is its plain form, and so are its gradients: $input to $outputs, $kernel x $kernel, $options, offset $offset', (given) => {
    const { x, filter, offset, dy } = inputsOf(given);
    const run = (op: typeof fusedConv2d): tf.Tensor[] => {
      const of = (...[image, weights, added]: tf.Tensor[]): tf.Scalar =>
        tf.sum(tf.mul(op(image as tf.Tensor4D, weights as tf.Tensor4D, added, given.options), dy));
      const { grads } = tf.valueAndGrads(of)(offset === undefined ? [x, filter] : [x, filter, offset], tf.scalar(1));
      return [op(x, filter, offset, given.options), ...grads];
    };
    const expected = tf.tidy(() => run(plainFusedConv2d));
    forEachIsa((isa) => {
      const actual = tf.tidy(() => run(fusedConv2d));
      actual.forEach((tensor, i) => {
        const values = (expected[i] as tf.Tensor).dataSync();
        expect(tensor.shape).toEqual(expected[i]?.shape);
        // Minimal filtering rounds more than a plain sum; see packages/engine/native/transforms.h.
        expectClose(tensor.dataSync(), values, { tolerance: 1e-5 * maxAbs(values), label: `fusedConv2d ${isa} ${['y', 'dx', 'dFilter', 'dOffset'][i]}`, backend });
      });
      tf.dispose(actual);
    });
    disposeInputs({ x, filter, offset, dy });
    tf.dispose(expected);
  });

  it('is a convolution by definition, in float64', () => {
    const { input, outputs, kernel, options } = cases[4] as Case;
    const inputs = inputsOf(cases[4] as Case);
    const { x, filter } = inputs;
    const naive = naiveConv2d({ shape: input, data: Float64Array.from(x.dataSync()) }, filter.dataSync() as Float32Array, new Float32Array(outputs), kernel, { padding: 'replicate', stride: 1 });
    forEachIsa((isa) => {
      const y = fusedConv2d(x, filter, undefined, { ...options, slope: 1 });
      expectClose(y.dataSync(), naive.data, { tolerance: 4e-6 * maxAbs(naive.data), label: `fusedConv2d ${isa} against float64`, backend });
      y.dispose();
    });
    disposeInputs(inputs);
  });

  it('gives the same bits with any number of threads', () => {
    const { x, filter, offset, dy } = inputsOf(cases[1] as Case);
    const found: string[] = [];
    forEachThreadCount([1, 2, 3], () => {
      const y = fusedConv2d(x, filter, offset, (cases[1] as Case).options);
      found.push(Buffer.from(y.dataSync().buffer).toString('base64'));
      y.dispose();
    });
    expect(new Set(found).size).toBe(1);
    disposeInputs({ x, filter, offset, dy });
  });

  it('takes no gradient that is not asked for', () => {
    const inputs = inputsOf(cases[0] as Case);
    const { x, filter, dy } = inputs;
    const before = tf.memory().numTensors;
    const grads = tf.grads((image) => tf.sum(tf.mul(fusedConv2d(image as tf.Tensor4D, filter, undefined, (cases[0] as Case).options), dy)))([x]);
    expect(grads).toHaveLength(1);
    tf.dispose(grads);
    expect(tf.memory().numTensors).toBe(before);
    disposeInputs(inputs);
  });
});
