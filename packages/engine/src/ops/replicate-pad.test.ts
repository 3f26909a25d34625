import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, numericalGradient, uniformTensor } from '@blemish-tools/jest';
import { plainReplicatePad, replicatePad } from './replicate-pad.js';

type Shape = [number, number, number, number];

/** Each value of the padded map is the nearest one of the small map. */
function reference(x: ArrayLike<number>, [n, h, w, c]: Shape, pad: number): number[] {
  const y: number[] = [];
  for (let b = 0; b < n; b++) {
    for (let i = -pad; i < h + pad; i++) {
      for (let j = -pad; j < w + pad; j++) {
        const row = i < 0 ? 0 : i >= h ? h - 1 : i;
        const column = j < 0 ? 0 : j >= w ? w - 1 : j;
        for (let k = 0; k < c; k++) y.push(x[((b * h + row) * w + column) * c + k] as number);
      }
    }
  }
  return y;
}

const cases: [Shape, number][] = [[[2, 4, 3, 2], 1], [[2, 4, 3, 2], 2], [[1, 1, 1, 3], 2], [[1, 2, 5, 1], 3]];

describeBackends('replicatePad', (backend) => {
  describe.each([['chosen', replicatePad], ['plain', plainReplicatePad]] as const)('%s', (kind, op) => {
    it.each(cases)('repeats the border of %p by %p', (shape, pad) => {
      const xs = uniformTensor(21, tf.util.sizeFromShape(shape), -1, 1);
      const expected = reference(xs, shape, pad);
      const y = tf.tidy(() => op(tf.tensor4d(xs, shape), pad));
      expect(y.shape).toEqual([shape[0], shape[1] + 2 * pad, shape[2] + 2 * pad, shape[3]]);
      expectClose(y.dataSync(), expected, { tolerance: 0, label: `replicatePad ${kind} ${shape} by ${pad}`, backend });
      y.dispose();

      const weights = uniformTensor(22, expected.length, -1, 1);
      const gradient = tf.tidy(() => tf.grad((x) => tf.sum(tf.mul(op(x as tf.Tensor4D, pad), tf.tensor(weights, y.shape))))(tf.tensor4d(xs, shape)));
      expectClose(
        gradient.dataSync(),
        numericalGradient((x) => reference(x, shape, pad).reduce((sum, value, i) => sum + value * (weights[i] as number), 0), xs),
        { tolerance: 3e-6, label: `replicatePad ${kind} gradient ${shape} by ${pad}`, backend },
      );
      gradient.dispose();
    });
  });

  it('gives a copy for no padding, and names a bad one', () => {
    tf.tidy(() => {
      const x = tf.ones<tf.Rank.R4>([1, 2, 2, 1]);
      expect(Array.from(replicatePad(x, 0).dataSync())).toEqual([1, 1, 1, 1]);
      expect(() => replicatePad(x, 0.5)).toThrow('replicatePad: expected a whole number of at least 0, got 0.5');
    });
  });
});
