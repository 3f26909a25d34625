import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, maxAbs, numericalGradient, uniformTensor } from '@blemish-tools/jest';
import { descriptorLoss } from './descriptor-loss.js';
import { predictiveVariance } from './predictive-variance.js';
import { regressionError } from './regression-error.js';

const shape: [number, number, number, number] = [2, 3, 2, 5];
const [positions, channels] = [12, 5];
const values = [1, 2, 3].map((seed) => uniformTensor(seed, positions * channels, -2, 2));
const taught = uniformTensor(4, positions * channels, -2, 2);
/** Of each position, in float64. */
const over = (at: (position: number) => number): Float64Array => Float64Array.from({ length: positions }, (_, i) => at(i));
const channelsOf = (array: ArrayLike<number>, position: number): number[] => Array.from({ length: channels }, (_, c) => array[position * channels + c] as number);
const lengthSquared = (vector: readonly number[]): number => vector.reduce((sum, value) => sum + value * value, 0);
const meanAt = (position: number): number[] => channelsOf(taught, position).map((_, c) => values.reduce((sum, one) => sum + (channelsOf(one, position)[c] as number), 0) / 3);

describeBackends('an ensemble of students', (backend) => {
  let students: tf.Tensor4D[];
  let teacher: tf.Tensor4D;
  beforeAll(() => {
    students = values.map((one) => tf.tensor4d(one, shape));
    teacher = tf.tensor4d(taught, shape);
  });
  afterAll(() => tf.dispose([teacher, ...students]));

  const read = (map: tf.Tensor): Float32Array => {
    const found = map.dataSync() as Float32Array;
    map.dispose();
    return found;
  };
  const close = (actual: ArrayLike<number>, expected: ArrayLike<number>, row: string): void =>
    expectClose(actual, expected, { tolerance: 2e-6 * maxAbs(expected), label: `ensemble fixture ${row}`, backend });

  it('errs by the distance of its mean', () => {
    const expected = over((i) => lengthSquared(meanAt(i).map((mean, c) => mean - (channelsOf(taught, i)[c] as number))));
    close(read(regressionError(students, teacher)), expected, 'regression error');
  });

  it('varies as the paper has it: the mean squared length less the squared length of the mean', () => {
    const expected = over((i) => values.reduce((sum, one) => sum + lengthSquared(channelsOf(one, i)), 0) / 3 - lengthSquared(meanAt(i)));
    close(read(predictiveVariance(students)), expected, 'predictive variance');
  });

  it('of one student varies nowhere, nor does one of equal students far from zero', () => {
    expect(Math.max(...read(predictiveVariance(students.slice(0, 1))))).toBe(0);
    const far = tf.fill<tf.Rank.R4>(shape, 1000);
    expect(Math.max(...read(predictiveVariance([far, far])))).toBe(0);
    far.dispose();
  });

  it('has a loss and its gradient', () => {
    const loss = (student: ArrayLike<number>): number =>
      Array.from(student).reduce((sum, value, i) => sum + (value - (taught[i] as number)) ** 2, 0) / positions;
    const [student] = students as [tf.Tensor4D];
    const { value, grad } = tf.valueAndGrad((x) => descriptorLoss(x as tf.Tensor4D, teacher))(student);
    close(read(value), [loss(values[0] as Float32Array)], 'loss');
    close(read(grad), numericalGradient(loss, values[0] as Float32Array), 'gradient of the loss');
  });

  it('refuses nobody, and maps of two shapes, in one line', () => {
    const other = tf.zeros<tf.Rank.R4>([2, 3, 2, 4]);
    expect(() => regressionError([], teacher)).toThrow('regressionError: expected at least one student, got none');
    expect(() => predictiveVariance([])).toThrow('predictiveVariance: expected at least one student, got none');
    expect(() => regressionError(students, other)).toThrow('regressionError: expected maps of one shape, got [2,3,2,4] and [2,3,2,5]');
    expect(() => predictiveVariance([teacher, other])).toThrow('predictiveVariance: expected maps of one shape, got [2,3,2,5] and [2,3,2,4]');
    expect(() => descriptorLoss(teacher, other)).toThrow('descriptorLoss: expected maps of one shape, got [2,3,2,5] and [2,3,2,4]');
    other.dispose();
  });
});
