import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, uniformTensor } from '@blemish-tools/jest';
import { cutWindows } from './cut-windows.js';
import { joinPhases, splitPhases } from './phases.js';

const [n, h, w, c] = [2, 9, 11, 3] as const;
const values = uniformTensor(1, n * h * w * c, -1, 1);

/** Where each value of the squares comes from. */
function sources(side: number, stride: number): number[] {
  const [r, s] = [h, w].map((length) => Math.floor((length - side) / stride) + 1) as [number, number];
  return Array.from({ length: n * r * s * side * side * c }, (_, at) => {
    const [channel, dx, dy] = [at % c, Math.floor(at / c) % side, Math.floor(at / (c * side)) % side];
    const square = Math.floor(at / (c * side * side));
    const [column, row, image] = [square % s, Math.floor(square / s) % r, Math.floor(square / (s * r))];
    return ((image * h + row * stride + dy) * w + column * stride + dx) * c + channel;
  });
}

describeBackends('cutWindows', (backend) => {
  it.each([
    [3, 3],
    [2, 4],
    [4, 3],
    [7, 2],
    [5, 1],
    [9, 9],
  ])('cuts squares of %i at every %i, and gives their gradient back to the map', (side, stride) => {
    const from = sources(side, stride);
    const x = tf.tensor4d(values, [n, h, w, c]);
    const { value, grad } = tf.tidy(() => {
      const dy = tf.tensor(uniformTensor(2, from.length, -1, 1), [from.length / (side * side * c), side, side, c]);
      return { value: cutWindows(x, side, stride), grad: tf.grad((map) => cutWindows(map as tf.Tensor4D, side, stride))(x, dy) };
    });
    expect([...value.dataSync()]).toEqual(from.map((at) => values[at]));
    const expected = new Float64Array(values.length);
    uniformTensor(2, from.length, -1, 1).forEach((dy, i) => void (expected[from[i] as number] = (expected[from[i] as number] as number) + dy));
    expectClose(grad.dataSync(), expected, { tolerance: 2e-6, label: 'cutWindows gradient', backend });
    tf.dispose([x, value, grad]);
  });
});

describeBackends('splitPhases', () => {
  it('takes even and odd rows and columns apart, zeros where a side is odd, and joinPhases undoes it', () => {
    tf.tidy(() => {
      const x = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
      const phases = splitPhases(x);
      expect(phases.shape).toEqual([4, 1, 2, 1]);
      expect([...phases.dataSync()]).toEqual([1, 3, 2, 0, 4, 6, 5, 0]);
      expect([...joinPhases(phases).dataSync()]).toEqual([1, 2, 3, 0, 4, 5, 6, 0]);
    });
  });
});
