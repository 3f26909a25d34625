import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, maxAbs, uniformTensor } from '@blemish-tools/jest';
import { forEachIsa } from '../testing/native-variants.js';
import { plainStemInvertedResidual, stemInvertedResidual, type StemInvertedResidual } from './stem-inverted-residual.js';
import type { FilterAndBias, WindowPads } from './window.js';

const normalisation = { mean: [0.4, 0.5, 0.6], std: [0.2, 0.3, 0.25] };

function networkOf(channels: number, outputs: number, stride: number, pads: WindowPads): StemInvertedResidual {
  const layer = (seed: number, shape: [number, number, number, number], size: number): FilterAndBias => ({
    filter: tf.tensor4d(uniformTensor(seed, shape.reduce((a, b) => a * b, 1), -0.4, 0.4), shape),
    bias: tf.tensor1d(uniformTensor(seed + 1, size, -0.5, 0.5)),
  });
  return {
    stem: layer(10, [3, 3, 3, channels], channels),
    stemOptions: { stride: 2, pads, normalisation },
    layers: {
      expand: undefined,
      depthwise: layer(20, [3, 3, channels, 1], channels),
      reduce: layer(30, [1, 1, channels, 5], 5),
      excite: layer(40, [1, 1, 5, channels], channels),
      project: layer(50, [1, 1, channels, outputs], outputs),
    },
    options: { stride, pads, skip: false },
  };
}

describeBackends('stemInvertedResidual', (backend) => {
  it.each([
    { size: [64, 96], channels: 48, outputs: 24, stride: 1, pads: 'same' },
    { size: [39, 27], channels: 40, outputs: 20, stride: 1, pads: [1, 1] },
    { size: [17, 5], channels: 32, outputs: 16, stride: 2, pads: 'same' },
  ] as const)('is the stem, then the block: $size, channels $channels, stride $stride, pads $pads', ({ size, channels, outputs, stride, pads }) => {
    const network = networkOf(channels, outputs, stride, pads);
    const x = tf.tensor4d(uniformTensor(1, size[0] * size[1] * 3, 0, 1), [1, ...size, 3]);
    const expected = plainStemInvertedResidual(x, network);
    const values = expected.dataSync();
    forEachIsa((isa) => {
      const y = stemInvertedResidual(x, network);
      expect(y.shape).toEqual(expected.shape);
      expectClose(y.dataSync(), values, { tolerance: 5e-6 * maxAbs(values), label: `stemInvertedResidual ${isa}`, backend });
      y.dispose();
    });
    tf.dispose([x, expected, ...Object.values(network.stem), ...Object.values(network.layers)]);
  });
});
