import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, maxAbs, uniformTensor } from '@blemish-tools/jest';
import { forEachIsa, forEachThreadCount } from '../testing/native-variants.js';
import { invertedResidual, plainInvertedResidual, type InvertedResidualLayers, type InvertedResidualOptions } from './inverted-residual.js';
import type { FilterAndBias } from './window.js';

interface Case {
  readonly size: readonly [height: number, width: number];
  readonly channels: readonly [input: number, expanded: number, squeezed: number, output: number];
  readonly kernel: 3 | 5;
  readonly options: InvertedResidualOptions;
}

/** Sizes and channels that no vector, tile or strip divides, and those that all do. */
const cases: readonly Case[] = [
  { size: [9, 11], channels: [8, 48, 2, 8], kernel: 3, options: { stride: 1, pads: 'same', skip: true } },
  { size: [24, 24], channels: [48, 288, 12, 48], kernel: 5, options: { stride: 1, pads: 'same', skip: true } },
  { size: [96, 70], channels: [24, 24, 6, 16], kernel: 3, options: { stride: 1, pads: 'same', skip: false } },
  { size: [27, 14], channels: [16, 96, 4, 24], kernel: 5, options: { stride: 2, pads: 'same', skip: false } },
  { size: [12, 21], channels: [10, 60, 3, 56], kernel: 3, options: { stride: 2, pads: [1, 1], skip: false } },
  { size: [3, 2], channels: [7, 21, 1, 9], kernel: 5, options: { stride: 2, pads: [2, 2], skip: false } },
  { size: [1, 1], channels: [4, 24, 1, 4], kernel: 5, options: { stride: 1, pads: 'same', skip: true } },
];

function layersOf({ channels: [input, expanded, squeezed, output], kernel }: Case): InvertedResidualLayers {
  const layer = (seed: number, shape: [number, number, number, number], outputs: number): FilterAndBias => {
    const inputs = (shape[0] * shape[1] * shape[2] * shape[3]) / outputs;
    return {
      filter: tf.tensor4d(uniformTensor(seed, inputs * outputs, -1.7 / Math.sqrt(inputs), 1.7 / Math.sqrt(inputs)), shape),
      bias: tf.tensor1d(uniformTensor(seed + 1, outputs, -0.5, 0.5)),
    };
  };
  return {
    expand: input === expanded ? undefined : layer(10, [1, 1, input, expanded], expanded),
    depthwise: layer(20, [kernel, kernel, expanded, 1], expanded),
    reduce: layer(30, [1, 1, expanded, squeezed], squeezed),
    excite: layer(40, [1, 1, squeezed, expanded], expanded),
    project: layer(50, [1, 1, expanded, output], output),
  };
}

describeBackends('invertedResidual', (backend) => {
  it.each(cases)('is what its plain form is: $size, channels $channels, filter $kernel, $options', (given) => {
    const layers = layersOf(given);
    const [height, width] = given.size;
    const x = tf.tensor4d(uniformTensor(5, height * width * given.channels[0], -1, 1), [1, height, width, given.channels[0]]);
    const expected = plainInvertedResidual(x, layers, given.options);
    const values = expected.dataSync();
    forEachIsa((isa) => {
      const y = invertedResidual(x, layers, given.options);
      expect(y.shape).toEqual(expected.shape);
      expectClose(y.dataSync(), values, { tolerance: 5e-6 * maxAbs(values), label: `invertedResidual ${isa}`, backend });
      y.dispose();
    });
    tf.dispose([x, expected, Object.values(layers)]);
  });

  it('gives the same bits with any number of threads', () => {
    const given = cases[1] as Case;
    const layers = layersOf(given);
    const x = tf.tensor4d(uniformTensor(5, 24 * 24 * 48, -1, 1), [1, 24, 24, 48]);
    const results: Float32Array[] = [];
    forEachThreadCount([1, 2, 5], () => {
      const y = invertedResidual(x, layers, given.options);
      results.push(y.dataSync<'float32'>());
      y.dispose();
    });
    for (const result of results) expect(result).toEqual(results[0]);
    tf.dispose([x, Object.values(layers)]);
  });

  it('names a batch', () => {
    const x = tf.zeros<tf.Rank.R4>([2, 4, 4, 10]);
    const layers = layersOf(cases[4] as Case);
    expect(() => invertedResidual(x, layers, { stride: 1, pads: 'same', skip: false })).toThrow('invertedResidual: expected one image, got 2');
    tf.dispose([x, Object.values(layers)]);
  });
});
