import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, maxAbs, numericalGradient, uniformTensor } from '@blemish-tools/jest';
import { valueAndGrads } from '@blemish/layers';
import { pyramidDistance } from './pyramid-distance.js';
import { pyramidLoss } from './pyramid-loss.js';
import { pyramidMap } from './pyramid-map.js';

const shape = [2, 3, 2, 5] as const;
const [positions, channels] = [12, 5];
const t = uniformTensor(1, 60, -1, 1);
const s = uniformTensor(2, 60, -3, 3);
t.fill(0, 0, 5); // a teacher without a direction
s.fill(0, 5, 10); // and a student

function naiveDistance(teacher: ArrayLike<number>, student: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: positions }, (_, p) => {
    const [a, b] = [teacher, student].map((map) => {
      const vector = Array.from({ length: channels }, (_, c) => map[p * channels + c] as number);
      const length = Math.max(Math.hypot(...vector), 1e-12);
      return vector.map((value) => value / length);
    }) as [number[], number[]];
    return a.reduce((sum, value, c) => sum + (value - (b[c] as number)) ** 2, 0);
  });
}

describeBackends('pyramidDistance', (backend) => {
  let teacher: tf.Tensor4D;
  let student: tf.Tensor4D;
  beforeAll(() => ([teacher, student] = [t, s].map((values) => tf.tensor4d(values, [...shape])) as [tf.Tensor4D, tf.Tensor4D]));
  afterAll(() => tf.dispose([teacher, student]));

  it('is the squared distance of the directions; 1 where one of them is none', () => {
    const distance = pyramidDistance(teacher, student);
    const values = distance.dataSync();
    expect(distance.shape).toEqual([2, 3, 2]);
    expectClose(values, naiveDistance(t, s), { tolerance: 1e-6, label: 'pyramid distance', backend });
    expect([values[0], values[1]].map((value) => value?.toFixed(5))).toEqual(['1.00000', '1.00000']);
    distance.dispose();
  });

  it('has the gradient of its definition, that of a zero vector too', () => {
    const weights = uniformTensor(3, positions, -1, 1);
    const dy = tf.tensor3d(weights, [2, 3, 2]);
    const dx = tf.grad((map) => pyramidDistance(teacher, map as tf.Tensor4D))(student, dy);
    const gradient = dx.dataSync();
    const loss = (values: Float64Array): number => naiveDistance(t, values).reduce((sum, value, p) => sum + value * (weights[p] as number), 0);
    const numerical = numericalGradient(loss, s);
    const others = (values: ArrayLike<number>): number[] => Array.from(values).filter((_, i) => i < 5 || i >= 10);
    expectClose(others(gradient), others(numerical), { tolerance: 1e-5, label: 'pyramid distance gradient', backend });

    // Near zero s / 1e-12 is linear: the gradient of |u - s / eps|² is -2 u / eps.
    const length = Math.hypot(...t.subarray(5, 10));
    const atZero = Array.from(t.subarray(5, 10), (value) => (-2e12 * (weights[1] as number) * value) / length);
    expectClose(gradient.subarray(5, 10), atZero, { tolerance: 1e-5 * maxAbs(atZero), label: 'pyramid distance gradient at zero', backend });
    tf.dispose([dy, dx]);
  });

  it('does not see lengths, and has no gradient for the teacher', () => {
    const [once, scaled] = tf.tidy(() => [pyramidDistance(teacher, student), pyramidDistance(tf.mul(teacher, 7), tf.mul(student, 0.01))]);
    expectClose(scaled.dataSync(), once.dataSync(), { tolerance: 1e-6, label: 'pyramid distance scaled', backend });
    const { value, grads } = valueAndGrads(() => tf.sum<tf.Scalar>(pyramidDistance(teacher, student)), { teacher, student });
    expect(Object.keys(grads)).toEqual(['student']);
    tf.dispose([once, scaled, value, grads]);
  });

  it('gives loss and map: means and products over levels', () => {
    const half = tf.slice<tf.Rank.R4, tf.Tensor4D>(student, [0, 0, 0, 0], [2, 1, 2, 5]); // another level, of 1x2 positions
    const other = tf.slice<tf.Rank.R4, tf.Tensor4D>(teacher, [0, 1, 0, 0], [2, 1, 2, 5]);
    const [first, second] = [pyramidDistance(teacher, student), pyramidDistance(other, half)];
    const mean = (map: tf.Tensor): number => tf.tidy(() => tf.mean(map).dataSync()[0] as number);
    const loss = pyramidLoss([teacher, other], [student, half], { half: true });
    expect(loss.dataSync()[0]).toBeCloseTo((mean(first) + mean(second)) / 2, 6);

    const maps = (['product', 'sum'] as const).map((fusion) => pyramidMap([teacher, other], [student, half], { size: 4, fusion, half: false }));
    const [a, b] = [bilinear(first.dataSync(), 3, 2), bilinear(second.dataSync(), 1, 2)];
    expectClose(maps[0]?.dataSync() ?? [], a.map((value, i) => value * (b[i] as number)), { tolerance: 2e-6, label: 'pyramid map', backend });
    expectClose(maps[1]?.dataSync() ?? [], a.map((value, i) => value + (b[i] as number)), { tolerance: 2e-6, label: 'pyramid map', backend });
    tf.dispose([half, other, first, second, loss, maps]);
  });

  it('refuses levels that do not belong together', () => {
    const small = tf.zeros<tf.Rank.R4>([1, 1, 1, 5]);
    expect(() => pyramidDistance(teacher, small)).toThrow('pyramidDistance: expected maps of one shape, got [2,3,2,5] and [1,1,1,5]');
    expect(() => pyramidLoss([teacher], [], { half: false })).toThrow('pyramid: expected as many levels of the teacher as of the student, got 1 and 0');
    expect(() => pyramidMap([], [], { size: 4, fusion: 'sum', half: false })).toThrow('got 0 and 0');
    small.dispose();
  });
});

/** Two maps [2,h,w] to 4x4 by the definition of bilinear interpolation between the centres of pixels. */
function bilinear(values: ArrayLike<number>, h: number, w: number): number[] {
  const weights = (size: number, at: number): [number, number, number] => {
    const place = Math.min(Math.max(((at + 0.5) * size) / 4 - 0.5, 0), size - 1);
    return [Math.floor(place), Math.min(Math.floor(place) + 1, size - 1), place - Math.floor(place)];
  };
  return Array.from({ length: 32 }, (_, i) => {
    const [image, row, column] = [Math.floor(i / 16), Math.floor(i / 4) % 4, i % 4];
    const [y0, y1, fy] = weights(h, row);
    const [x0, x1, fx] = weights(w, column);
    const get = (y: number, x: number): number => values[(image * h + y) * w + x] as number;
    return (1 - fy) * ((1 - fx) * get(y0, x0) + fx * get(y0, x1)) + fy * ((1 - fx) * get(y1, x0) + fx * get(y1, x1));
  });
}
