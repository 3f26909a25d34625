import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, describeShared, expectClose, goldenArray, maxAbs, nhwcTensor, readGolden } from '@blemish-tools/jest';
import { descriptorLoss } from './descriptor-loss.js';
import { predictiveVariance } from './predictive-variance.js';
import { regressionError } from './regression-error.js';

interface Formula {
  readonly student_losses: readonly number[];
  readonly e_mean: number;
  readonly e_std: number;
  readonly v_mean: number;
  readonly v_std: number;
}

describeShared('Uninformed Students by the formula', 'golden/uninformed_students/formula.json', (path) => {
  const formula = JSON.parse(readFileSync(path, 'utf8')) as Formula;
  const golden = readGolden(join(path, '..', 'formula.safetensors'));

  describeBackends('scores and losses', (backend) => {
    let students: tf.Tensor4D[];
    let teacher: tf.Tensor4D;
    beforeAll(() => {
      const { data, shape } = goldenArray(golden, 'students'); // [M,N,C,h,w]
      const [count, ...each] = shape as [number, ...number[]];
      const size = data.length / count;
      students = Array.from({ length: count }, (_, i) => nhwcTensor({ shape: each, data: data.slice(i * size, (i + 1) * size) }));
      const [mean, std] = ['train_mean', 'train_std'].map((name) => Float32Array.from(goldenArray(golden, name).data));
      teacher = tf.tidy(() => tf.div(tf.sub(nhwcTensor(goldenArray(golden, 'teacher_y')), tf.tensor1d(mean as Float32Array)), tf.tensor1d(std as Float32Array)));
    });
    afterAll(() => tf.dispose([teacher, ...students]));

    const close = (actual: ArrayLike<number>, expected: ArrayLike<number>, row: string): void =>
      expectClose(actual, expected, { tolerance: 1e-5 * maxAbs(expected), label: `uninformed students ${row}`, backend });

    it('gives both scores, and their sum once each is normalised', () => {
      const maps = [regressionError(students, teacher), predictiveVariance(students)];
      const [e, v] = maps.map((map) => map.dataSync()) as [Float32Array, Float32Array];
      close(e, goldenArray(golden, 'regression_error').data, 'regression error');
      close(v, goldenArray(golden, 'predictive_variance').data, 'predictive variance');
      const combined = Float64Array.from(e, (value, i) => (value - formula.e_mean) / formula.e_std + ((v[i] as number) - formula.v_mean) / formula.v_std);
      close(combined, goldenArray(golden, 'combined_score').data, 'combined score');
      tf.dispose(maps);
    });

    it("gives each student's loss", () => {
      const losses = students.map((student) => descriptorLoss(student, teacher));
      close(losses.map((loss) => loss.dataSync()[0] as number), formula.student_losses, 'losses');
      tf.dispose(losses);
    });
  });
});
