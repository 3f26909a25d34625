import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, maxAbs, uniformTensor } from '@blemish-tools/jest';
import { createRandom, disposeParams, type Params } from '@blemish/layers';
import { centredWindows } from './centred-windows.js';
import { createDescriptor } from './create-descriptor.js';

const side = 48;
const pixels = uniformTensor(5, side * side * 3, 0, 1);

/** What a descriptor depends on of its patch: the pools of 33 and 65 leave pixels over. */
const seenSides = { 17: 17, 33: 32, 65: 60 };

/** The patch of the image, reflected at its edges, from a row and column on. */
function patchFrom(row: number, column: number, size: number): number[] {
  const inside = (i: number): number => (i < 0 ? -i : i < side ? i : 2 * (side - 1) - i);
  const offsets = Array.from({ length: size }, (_, i) => i);
  return offsets.flatMap((y) => offsets.flatMap((x) => [0, 1, 2].map((c) => pixels[3 * (side * inside(row + y) + inside(column + x)) + c] as number)));
}

describeBackends('centred windows', (backend) => {
  // One stride that the pools divide, and one that they do not; the cpu backend needs seconds for a few patches.
  const cases: (readonly [17 | 33 | 65, number])[] = backend === 'cpu' ? [[33, 16]] : [[17, 8], [17, 1], [33, 8], [33, 4], [33, 3], [65, 8], [65, 3]];

  it.each(cases)('described by %i pixels every %i: what position i sees is centred in square i', (receptiveField, stride) => {
    const descriptor = createDescriptor({ receptiveField });
    const params: Params = descriptor.init(createRandom(1));
    const count = side / stride;
    const strided = tf.tidy(() => descriptor.windows(params, centredWindows(descriptor, tf.tensor4d(pixels, [1, side, side, 3]), stride), stride));
    expect(strided.shape).toEqual([1, count, count, 128]);

    const squares = [[0, 0], [0, count - 1], [count - 1, 0], [Math.floor(count / 2), Math.floor(count / 3)]] as [number, number][];
    const patches = squares.flatMap(([i, j]) => {
      const seen = seenSides[receptiveField];
      const [row, column] = [i, j].map((at) => at * stride + Math.floor(stride / 2) - Math.floor(seen / 2)) as [number, number];
      expect(Math.abs(row + seen / 2 - (i + 0.5) * stride)).toBeLessThanOrEqual(0.5);
      expect(Math.abs(column + seen / 2 - (j + 0.5) * stride)).toBeLessThanOrEqual(0.5);
      return patchFrom(row, column, receptiveField);
    });
    const alone = tf.tidy(() => descriptor.patches(params, tf.tensor4d(patches, [squares.length, receptiveField, receptiveField, 3])));
    const [expected, found] = [alone.dataSync() as Float32Array, strided.dataSync() as Float32Array];
    squares.forEach(([i, j], k) => {
      const from = 128 * (count * i + j);
      const own = expected.subarray(128 * k, 128 * (k + 1));
      expectClose(found.subarray(from, from + 128), own, { tolerance: 1e-5 * maxAbs(own), label: `centred windows, ${receptiveField} every ${stride}`, backend });
    });
    tf.dispose([alone, strided]);
    disposeParams(params);
  });
});
