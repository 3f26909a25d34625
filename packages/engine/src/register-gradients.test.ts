import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, numericalGradient, uniformTensor } from '@blemish-tools/jest';
import { leakyRelu, permuteChannels, registerGradients, replicatePad, trainingBatchNorm } from './index.js';

const xs = uniformTensor(51, 48, -1, 1);
const weights = uniformTensor(52, 48, 0.5, 1.5);

/** A coupling block in small: every stock operation whose gradient a flow's or a student's training asks for. */
function block(x: tf.Tensor, w: tf.Tensor): tf.Scalar {
  const [a, b] = tf.split(x, 2, 3) as [tf.Tensor4D, tf.Tensor4D];
  const s = tf.mul(1.2, tf.atan(tf.div(b, 1.9)));
  const y = tf.add(tf.mul(a, tf.exp(s)), tf.neg(b));
  const joined = tf.concat([y, tf.slice(x, [0, 0, 0, 2], [2, 2, 3, 2])], 3);
  const perPosition = tf.sub(tf.mul(0.5, tf.sum(tf.square(joined), 3)), tf.sum(s, 3)); // [2,2,3]
  const weighted = tf.mul(tf.mean(tf.mul(w, tf.squaredDifference(x, 0.5)), 3), perPosition);
  return tf.mean(weighted);
}

/** The same in float64. */
function reference(x: ArrayLike<number>, w: ArrayLike<number>): number {
  let total = 0;
  for (let p = 0; p < 12; p++) {
    const v = [0, 1, 2, 3].map((c) => x[p * 4 + c] as number);
    let [half, sum, mean] = [0, 0, 0];
    for (let c = 0; c < 2; c++) {
      const s = 1.2 * Math.atan((v[c + 2] as number) / 1.9);
      const y = (v[c] as number) * Math.exp(s) - (v[c + 2] as number);
      half += 0.5 * (y ** 2 + (v[c + 2] as number) ** 2);
      sum += s;
    }
    v.forEach((value, c) => (mean += ((w[p * 4 + c] as number) * (value - 0.5) ** 2) / 4));
    total += (mean * (half - sum)) / 12;
  }
  return total;
}

describeBackends('registered gradients', (backend) => {
  it('cover what the flow and the student are made of', () => {
    const { value, grads } = tf.tidy(() => tf.valueAndGrads((x, w) => block(x as tf.Tensor, w as tf.Tensor))([tf.tensor4d(xs, [2, 2, 3, 4]), tf.tensor4d(weights, [2, 2, 3, 4])]));
    expectClose(value.dataSync(), [reference(xs, weights)], { tolerance: 1e-6, label: 'coupling block in small', backend });
    const expected = [numericalGradient((x) => reference(x, weights), xs), numericalGradient((w) => reference(xs, w), weights)];
    grads.forEach((gradient, i) =>
      expectClose(gradient.dataSync(), expected[i] as Float64Array, { tolerance: 1e-6, label: `coupling block in small, gradient ${i}`, backend }),
    );
    tf.dispose([value, grads]);
  });

  it('may be registered again', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    registerGradients();
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  // The sizes of training on `native`, where threads share the work; small ones elsewhere.
  it('give the same bits for the same input', () => {
    const size = backend === 'native' ? 24 : 6;
    const c = backend === 'native' ? 64 : 8;
    const shape: [number, number, number, number] = [8, size, size, c];
    const permutation = Int32Array.from({ length: c }, (_, i) => (i * 5 + 3) % c);
    const [x, filter, scale] = [uniformTensor(53, 8 * size * size * c, -1, 1), uniformTensor(54, 9 * c * c, -0.1, 0.1), uniformTensor(55, c, 0.5, 1.5)];
    const step = (): Uint8Array[] => {
      const gradients = tf.tidy(() =>
        tf.grads((input, kernel, gain) => {
          const padded = replicatePad(permuteChannels(input as tf.Tensor4D, permutation), 1);
          const convolved = tf.conv2d(padded, kernel as tf.Tensor4D, 1, 'valid');
          const same = tf.conv2d(convolved, kernel as tf.Tensor4D, 1, 'same');
          const { y } = trainingBatchNorm(same, gain as tf.Tensor1D, gain as tf.Tensor1D, 1e-5);
          return tf.mean(tf.square(leakyRelu(y, 0.01)));
        })([tf.tensor4d(x, shape), tf.tensor4d(filter, [3, 3, c, c]), tf.tensor1d(scale)]),
      );
      const bytes = gradients.map((gradient) => new Uint8Array(gradient.dataSync().slice().buffer));
      tf.dispose(gradients);
      return bytes;
    };
    const first = step();
    for (let repetition = 0; repetition < 4; repetition++) {
      step().forEach((bytes, i) => expect(Buffer.compare(bytes, first[i] as Uint8Array)).toBe(0));
    }
  });
});
