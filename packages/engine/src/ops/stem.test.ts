import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, uniformTensor } from '@blemish-tools/jest';
import { forEachIsa } from '../testing/native-variants.js';
import { plainStem, stem } from './stem.js';

const normalisation = { mean: [0.4, 0.5, 0.6], std: [0.2, 0.3, 0.25] };

describeBackends('stem', (backend) => {
  it.each([
    { size: [16, 32], kernel: 3, outputs: 48, stride: 2, pads: 'same' },
    { size: [11, 7], kernel: 3, outputs: 40, stride: 2, pads: [1, 1] },
    { size: [9, 13], kernel: 5, outputs: 50, stride: 1, pads: 'same' },
    { size: [1, 2], kernel: 3, outputs: 3, stride: 2, pads: 'same' },
  ] as const)('is what its plain form is: $size, filter $kernel, channels $outputs, stride $stride, pads $pads', ({ size, kernel, outputs, stride, pads }) => {
    const x = tf.tensor4d(uniformTensor(1, 2 * size[0] * size[1] * 3, 0, 1), [2, ...size, 3]);
    const filter = tf.tensor4d(uniformTensor(2, kernel * kernel * 3 * outputs, -0.3, 0.3), [kernel, kernel, 3, outputs]);
    const bias = tf.tensor1d(uniformTensor(3, outputs, -1, 1));
    const options = { stride, pads, normalisation };
    const expected = plainStem(x, { filter, bias }, options);
    forEachIsa((isa) => {
      const y = stem(x, { filter, bias }, options);
      expect(y.shape).toEqual(expected.shape);
      expectClose(y.dataSync(), expected.dataSync(), { tolerance: 5e-6, label: `stem ${isa}`, backend });
      y.dispose();
    });
    tf.dispose([x, filter, bias, expected]);
  });
});
