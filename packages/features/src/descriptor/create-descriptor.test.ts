import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, fullSuite, maxAbs, uniformTensor } from '@blemish-tools/jest';
import { createRandom, type Params } from '@blemish/layers';
import { createDescriptor } from './create-descriptor.js';
import type { DescriptorOptions } from './descriptor-layers.js';

/** Windows that give a few descriptors a side, the last rows of some of them not looked at. */
const cases: readonly { readonly options: DescriptorOptions; readonly shape: readonly [number, number, number]; readonly strides: readonly number[] }[] = [
  { options: { receptiveField: 17 }, shape: [2, 28, 24], strides: [1, 2, 3, 4, 5, 6] },
  { options: { receptiveField: 33 }, shape: [2, 45, 42], strides: [1, 2, 3, 4, 6, 8] },
  { options: { receptiveField: 65 }, shape: [1, 76, 74], strides: [1, 2, 3, 4, 6, 8] },
  { options: { receptiveField: 65, third: 256 }, shape: [1, 74, 82], strides: [8] },
];

describeBackends('createDescriptor', (backend) => {
  const quickly = backend === 'cpu' && !fullSuite;

  describe.each(quickly ? cases.slice(1, 2) : cases)('$options', ({ options, shape: [images, a, b], strides }) => {
    const n = quickly ? 1 : images;
    const descriptor = createDescriptor(options);
    const p = descriptor.receptiveField;
    const [rows, columns] = [a - p + 1, b - p + 1];
    // On the backend that takes minutes for all of them, a few corners.
    const positions = Array.from({ length: rows * columns }, (_, at) => [Math.floor(at / columns), at % columns] as const).filter(
      ([row, column]) => !quickly || ([0, 3, 8].includes(row) && [0, 8].includes(column)),
    );
    let params: Params;
    let windows: tf.Tensor4D;
    /** Of the patch network, one patch after the other: [positions,n,128]. */
    let descriptors: Float32Array;
    beforeAll(() => {
      params = descriptor.init(createRandom(3));
      windows = tf.tensor4d(uniformTensor(5, n * a * b * 3, 0, 1), [n, a, b, 3]);
      const patches = positions.map(([row, column]) => tf.slice(windows, [0, row, column, 0], [n, p, p, 3]));
      const found = tf.tidy(() => descriptor.patches(params, tf.concat(patches)));
      descriptors = found.dataSync() as Float32Array;
      tf.dispose([found, ...patches]);
    });
    afterAll(() => tf.dispose([windows, ...Object.values(params)]));

    it.each(quickly ? [...new Set([1, descriptor.stride])] : strides)('gives the patch network at every position %i apart', (stride) => {
      const map = descriptor.windows(params, windows, stride);
      const [down, across] = [Math.ceil(rows / stride), Math.ceil(columns / stride)];
      expect(map.shape).toEqual([n, down, across, 128]);
      const values = map.dataSync();
      const [actual, expected]: [number[], number[]] = [[], []];
      positions.forEach(([row, column], at) => {
        if (row % stride !== 0 || column % stride !== 0) return;
        for (let image = 0; image < n; image++) {
          const from = ((image * down + row / stride) * across + column / stride) * 128;
          actual.push(...values.subarray(from, from + 128));
          expected.push(...descriptors.subarray((at * n + image) * 128, (at * n + image + 1) * 128));
        }
      });
      expectClose(actual, expected, { tolerance: 1e-5 * maxAbs(expected), label: `descriptor p = ${p} at stride ${stride} against patches`, backend });
      map.dispose();
    });
  });

  it('describes the surroundings of each pixel of an image, reflected at its edges', () => {
    const descriptor = createDescriptor({ receptiveField: 33 });
    const params = descriptor.init(createRandom(3));
    const image = tf.tensor4d(uniformTensor(6, 18 * 21 * 3, 0, 1), [1, 18, 21, 3]);
    const map = descriptor.dense(params, image, { stride: 8 });
    expect(map.shape).toEqual([1, 3, 3, 128]);
    const values = image.arraySync();
    /** Row or column `i` of what lies around `length` of them. */
    const inside = (i: number, length: number): number => (i < 0 ? -i : i >= length ? 2 * (length - 1) - i : i);
    const centres = [0, 8, 16].flatMap((row) => [0, 8, 16].map((column) => [row, column] as const));
    const patches = tf.tensor4d(
      centres.map(([row, column]) =>
        Array.from({ length: 33 }, (_, y) =>
          Array.from({ length: 33 }, (_, x) => values[0]?.[inside(row + y - 16, 18)]?.[inside(column + x - 16, 21)] as number[]),
        ),
      ),
    );
    const expected = descriptor.patches(params, patches);
    const tolerance = 1e-5 * maxAbs(expected.dataSync());
    expectClose(map.dataSync(), expected.dataSync(), { tolerance, label: 'descriptor dense against patches', backend });
    const everywhere = descriptor.dense(params, image, quickly ? { stride: 4 } : {});
    expect(everywhere.shape).toEqual(quickly ? [1, 5, 6, 128] : [1, 18, 21, 128]);
    tf.dispose([params, image, map, patches, expected, everywhere]);
  });

  it.each(quickly ? ([33] as const) : ([17, 33, 65] as const))('sees of a patch of %i pixels no more than it says', (receptiveField) => {
    const descriptor = createDescriptor({ receptiveField });
    const [p, seen] = [receptiveField, descriptor.seen];
    expect(seen).toBe({ 17: 17, 33: 32, 65: 60 }[p]);
    const params = descriptor.init(createRandom(3));
    const pixels = uniformTensor(7, p * p * 3, 0, 1);
    /** The descriptor of the patch with all rows from one on, or all columns, made black. */
    const without = (rows: number, columns: number): number[] => {
      const data = pixels.map((value, i) => (Math.floor(i / 3 / p) >= rows || Math.floor(i / 3) % p >= columns ? 0 : value));
      return tf.tidy(() => [...descriptor.patches(params, tf.tensor4d(data, [1, p, p, 3])).dataSync()]);
    };
    const whole = without(p, p);
    expect(without(seen, seen)).toEqual(whole);
    expect(without(seen - 1, p)).not.toEqual(whole);
    expect(without(p, seen - 1)).not.toEqual(whole);
    tf.dispose(params);
  });

  it('refuses what it cannot describe, in one line', () => {
    const descriptor = createDescriptor({ receptiveField: 33 });
    const small = tf.zeros<tf.Rank.R4>([1, 40, 16, 3]);
    const gray = tf.zeros<tf.Rank.R4>([1, 40, 40, 1]);
    const wide = tf.zeros<tf.Rank.R4>([1, 33, 34, 3]);
    expect(() => descriptor.windows({}, small, 1)).toThrow('descriptor of 33 pixels: expected float32 RGB images [N,H,W,3] of at least 33 by 33 pixels, got float32 [1,40,16,3]');
    expect(() => descriptor.dense({}, small)).toThrow('at least 17 by 17 pixels, got float32 [1,40,16,3]');
    expect(() => descriptor.dense({}, gray)).toThrow('got float32 [1,40,40,1]');
    expect(() => descriptor.patches({}, wide)).toThrow('descriptor of 33 pixels: expected patches [N,33,33,3], got [1,33,34,3]');
    expect(() => descriptor.windows({}, wide, 1.5)).toThrow('descriptor of 33 pixels: expected a stride that is an integer from 1, got 1.5');
    tf.dispose([small, gray, wide]);
  });
});
