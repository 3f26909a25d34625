import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import {
  describeBackends,
  describeShared,
  expectClose,
  goldenArray,
  maxAbs,
  nhwcTensor,
  readGolden,
  withPrefix,
} from '@blemish-tools/jest';
import { likelihoodPerPosition } from '@blemish/flow';
import { disposeParams, paramsFromArrays, positionalEncoding } from '@blemish/layers';
import { upsampleBicubic } from '@blemish/raster';
import { createAstStudent, isUnusedByAstStudent } from '../ast-student.js';
import { distancePerPosition } from '../distance.js';
import { officialTeacher } from '../testing/official-teacher.js';
import { prepareMask, unshuffle } from '../testing/prepare-depth.js';
import { rankAuroc } from '../testing/rank-auroc.js';
import { astAdam, studentStep, teacherStep, type Batch } from '../testing/training-steps.js';

interface Toy {
  readonly teacher_loss_per_step: readonly number[];
  readonly student_loss_per_step: readonly number[];
  readonly teacher_test_scores: { readonly sample: readonly number[] };
  readonly eval: { readonly mean_auroc: number; readonly max_auroc: number; readonly pixel_auroc: number };
}

describeShared('the official chain, from masks and features to scores', 'golden/e2e/toy.json', (path) => {
  const toy = JSON.parse(readFileSync(path, 'utf8')) as Toy;
  const golden = readGolden(join(path, '..', 'toy.safetensors'));
  const flow = officialTeacher(golden, 28, 8, 12);
  const student = createAstStudent({ channels: 28, conditionChannels: 8, hidden: 16, blocks: 4 });

  /** Features with the unshuffled depth behind them, and the foreground mask. */
  const batch = (name: string): Batch => {
    const mask = prepareMask(goldenArray(golden, `${name}/fg`), 4, 4);
    const x = tf.tidy(() =>
      tf.concat([nhwcTensor(goldenArray(golden, `${name}/features`)), unshuffle(goldenArray(golden, `${name}/depth`), 4)], 3),
    );
    return { x, mask };
  };
  /** The values of one array of both test batches. */
  const tested = (name: string): number[] => [0, 1].flatMap((i) => [...goldenArray(golden, `test/${i}/${name}`).data]);

  describeBackends('trained and evaluated', (backend) => {
    const hold = (actual: ArrayLike<number>, expected: ArrayLike<number>, label: string, relative: number): void =>
      expectClose(actual, expected, { tolerance: relative * maxAbs(expected), label: `e2e toy ${label}`, backend });
    /** Each number within `relative` times itself. */
    const holdEach = (actual: readonly number[], expected: ArrayLike<number>, label: string, relative: number): void => {
      expect(actual).toHaveLength(expected.length);
      const ratios = actual.map((value, i) => value / (expected[i] as number));
      expectClose(ratios, ratios.map(() => 1), { tolerance: relative, label: `e2e toy ${label}, relative`, backend });
    };

    it('gives the official losses, scores, map and AUROCs', () => {
      const batches = [0, 1, 2].map((i) => batch(`train/${i}`));
      const condition = tf.tidy(() => tf.expandDims<tf.Tensor4D>(positionalEncoding(8, 8, 8), 0));
      hold(condition.dataSync(), tf.tidy(() => nhwcTensor(goldenArray(golden, 'pos_enc')).dataSync()), 'positional encoding', 1e-6);

      const teacher = paramsFromArrays(withPrefix(golden, 'teacher_init/'), flow.specs);
      let adam = astAdam();
      const teacherLosses = steps(batches).map((data) => teacherStep(flow, teacher, adam, data, condition));
      adam.dispose();
      holdEach(teacherLosses, toy.teacher_loss_per_step, 'teacher losses', 1e-4);

      const params = paramsFromArrays(withPrefix(golden, 'student_init/'), student.specs, { ignore: isUnusedByAstStudent });
      adam = astAdam();
      const studentLosses = steps(batches).map((data) => {
        const { z, logAbsDet } = flow.forward(teacher, data.x, condition);
        const loss = studentStep(student, params, adam, { ...data, z }, condition);
        tf.dispose([z, logAbsDet]);
        return loss;
      });
      adam.dispose();
      holdEach(studentLosses, toy.student_loss_per_step, 'student losses', 1e-4);

      const likelihoods: number[] = [];
      const means: number[] = [];
      const maxima: number[] = [];
      const maps: number[] = [];
      for (const i of [0, 1]) {
        tf.tidy(() => {
          const { x, mask } = batch(`test/${i}`);
          const { z, logAbsDet } = flow.forward(teacher, x, condition);
          const { y } = student.apply(params, x, condition, { training: false });
          const distance = distancePerPosition(z, y, { mask }); // [N,8,8]
          likelihoods.push(...tf.mean(likelihoodPerPosition(z, logAbsDet, mask), [1, 2]).dataSync());
          means.push(...tf.mean(distance, [1, 2]).dataSync());
          // The official evaluation weighs its map by the mask a second time.
          const weighted = tf.unstack(tf.mul(distance, mask)).map((map) => map.dataSync() as Float32Array);
          for (const map of weighted) {
            const large = upsampleBicubic(map, [8, 8], [32, 32]);
            maxima.push(Math.max(...large));
            maps.push(...large);
          }
        });
      }
      holdEach(likelihoods, toy.teacher_test_scores.sample, 'teacher scores', 1e-3);
      holdEach(means, goldenArray(golden, 'eval/mean_score').data, 'mean scores', 1e-3);
      holdEach(maxima, goldenArray(golden, 'eval/max_score').data, 'max scores', 1e-3);
      hold(maps, goldenArray(golden, 'eval/score_map_32x32').data, 'score map', 1e-3);

      const labels = tested('labels');
      expect(rankAuroc(means, labels)).toBeCloseTo(toy.eval.mean_auroc, 12);
      expect(rankAuroc(maxima, labels)).toBeCloseTo(toy.eval.max_auroc, 12);
      expect(rankAuroc(maps, tested('gt'))).toBeCloseTo(toy.eval.pixel_auroc, 3);

      tf.dispose([batches.map((data) => ({ ...data })), condition]);
      disposeParams(teacher);
      disposeParams(params);
    });
  });
});

/** Three epochs in the stored order. */
function steps(batches: readonly Batch[]): Batch[] {
  return [...batches, ...batches, ...batches];
}
