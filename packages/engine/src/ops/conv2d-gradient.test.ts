import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, numericalGradient, uniformTensor } from '@blemish-tools/jest';
import '../register-gradients.js';

type Four = [number, number, number, number];
type Pad = 'same' | 'valid' | [[number, number], [number, number], [number, number], [number, number]];

const explicit = (top: number, bottom: number, left: number, right: number): Pad => [[0, 0], [top, bottom], [left, right], [0, 0]];

const cases: readonly { x: Four; filter: Four; strides: [number, number]; pad: Pad }[] = [
  { x: [2, 5, 4, 3], filter: [3, 3, 3, 2], strides: [1, 1], pad: 'same' },
  { x: [2, 5, 4, 3], filter: [3, 3, 3, 2], strides: [1, 1], pad: 'valid' },
  { x: [1, 6, 7, 2], filter: [5, 5, 2, 3], strides: [1, 1], pad: 'valid' },
  { x: [2, 3, 4, 3], filter: [1, 1, 3, 4], strides: [1, 1], pad: 'same' },
  { x: [1, 5, 6, 2], filter: [2, 4, 2, 3], strides: [1, 1], pad: 'same' },
  { x: [2, 7, 8, 2], filter: [3, 3, 2, 3], strides: [2, 2], pad: 'same' },
  { x: [1, 8, 8, 2], filter: [3, 2, 2, 2], strides: [3, 2], pad: 'valid' },
  { x: [1, 4, 5, 2], filter: [3, 3, 2, 2], strides: [1, 1], pad: explicit(1, 1, 1, 1) },
  { x: [2, 6, 5, 2], filter: [3, 3, 2, 2], strides: [2, 1], pad: explicit(0, 1, 2, 0) },
  { x: [1, 4, 4, 1], filter: [2, 2, 1, 2], strides: [1, 1], pad: explicit(3, 0, 0, 2) },
];

/** The convolution by its definition, in float64. */
function reference(x: ArrayLike<number>, f: ArrayLike<number>, xs: Four, fs: Four, strides: [number, number], pad: Pad): number[] {
  const [n, h, w, c] = xs;
  const [kh, kw, , d] = fs;
  const info = tf.backend_util.computeConv2DInfo(xs, fs, strides, 1, pad as 'same');
  const y: number[] = [];
  for (let b = 0; b < n; b++) for (let i = 0; i < info.outHeight; i++) for (let j = 0; j < info.outWidth; j++) for (let o = 0; o < d; o++) {
    let sum = 0;
    for (let u = 0; u < kh; u++) for (let v = 0; v < kw; v++) for (let k = 0; k < c; k++) {
      const row = i * strides[0] + u - info.padInfo.top;
      const column = j * strides[1] + v - info.padInfo.left;
      if (row < 0 || row >= h || column < 0 || column >= w) continue;
      sum += (x[((b * h + row) * w + column) * c + k] as number) * (f[((u * kw + v) * c + k) * d + o] as number);
    }
    y.push(sum);
  }
  return y;
}

describeBackends('gradient of conv2d', (backend) => {
  it.each(cases)('is that of finite differences: %j', ({ x: xs, filter: fs, strides, pad }) => {
    const x = uniformTensor(41, tf.util.sizeFromShape(xs), -1, 1);
    const f = uniformTensor(42, tf.util.sizeFromShape(fs), -1, 1);
    const y = reference(x, f, xs, fs, strides, pad);
    const weights = uniformTensor(43, y.length, -1, 1);
    const loss = (value: number[]): number => value.reduce((sum, one, i) => sum + one * (weights[i] as number), 0);
    const conv = (input: tf.Tensor, filter: tf.Tensor): tf.Tensor => tf.conv2d(input as tf.Tensor4D, filter as tf.Tensor4D, strides, pad as 'same');

    const [dx, df] = tf.tidy(() =>
      tf.grads((input, filter) => {
        const out = conv(input as tf.Tensor, filter as tf.Tensor);
        return tf.sum(tf.mul(out, tf.tensor(weights, out.shape)));
      })([tf.tensor4d(x, xs), tf.tensor4d(f, fs)]),
    ) as [tf.Tensor, tf.Tensor];
    const label = `conv2d ${xs} by ${fs} stride ${strides} ${JSON.stringify(pad)}`;
    const out = tf.tidy(() => conv(tf.tensor4d(x, xs), tf.tensor4d(f, fs)));
    expectClose(out.dataSync(), y, { tolerance: 1e-5, label, backend });
    expectClose(dx.dataSync(), numericalGradient((values) => loss(reference(values, f, xs, fs, strides, pad)), x), { tolerance: 1e-5, label: `${label} gradient of x`, backend });
    expectClose(df.dataSync(), numericalGradient((values) => loss(reference(x, values, xs, fs, strides, pad)), f), { tolerance: 2e-5, label: `${label} gradient of the filter`, backend });
    tf.dispose([dx, df, out]);
  });
});
