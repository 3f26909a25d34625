import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import {
  describeBackends,
  describeShared,
  expectClose,
  goldenArray,
  maskTensor,
  nhwcTensor,
  readGolden,
  withPrefix,
  type GoldenArray,
} from '@blemish-tools/jest';
import { disposeParams, paramsFromArrays, paramsToArrays, type Params } from '@blemish/layers';
import { createAstStudent, isUnusedByAstStudent } from '../ast-student.js';
import { officialTeacher } from '../testing/official-teacher.js';
import { astAdam, studentStep, teacherStep, type Batch } from '../testing/training-steps.js';

interface Run {
  readonly loss_f64: readonly number[];
  readonly gammas_init: readonly number[];
}

describeShared('five official Adam steps', 'golden/train/adam5.json', (path) => {
  const runs = JSON.parse(readFileSync(path, 'utf8')) as Record<'teacher_gamma0' | 'teacher_gammaNZ' | 'student', Run>;
  const golden = readGolden(join(path, '..', 'adam5.safetensors'));
  const flow = officialTeacher(golden, 16, 8, 12);
  const student = createAstStudent({ channels: 16, conditionChannels: 8, hidden: 16, blocks: 4 });

  describeBackends('training', (backend) => {
    let batches: Batch[];
    let condition: tf.Tensor4D;
    beforeAll(() => {
      batches = [0, 1, 2, 3, 4].map((i) => ({ x: nhwcTensor(stepOf(golden, 'x_steps', i)), mask: maskTensor(stepOf(golden, 'mask_steps', i)) }));
      condition = nhwcTensor(goldenArray(golden, 'cond'));
    });
    afterAll(() => tf.dispose([batches.map((batch) => ({ ...batch })), condition]));

    const holdLosses = (losses: readonly number[], run: keyof typeof runs): void =>
      runs[run].loss_f64.forEach((expected, i) =>
        expectClose([losses[i] as number], [expected], { tolerance: 1e-5 * expected, label: `train ${run} loss`, backend, detail: `step ${i + 1}` }),
      );

    it.each(['teacher_gamma0', 'teacher_gammaNZ'] as const)('moves the teacher as the official code does, %s', async (run) => {
      const params = paramsFromArrays(withPrefix(golden, 'teacher_init/'), flow.specs);
      const gammas = Object.keys(params).filter((name) => name.endsWith('.gamma'));
      gammas.forEach((name, i) => {
        params[name]?.dispose();
        params[name] = tf.tensor1d([runs[run].gammas_init[i] as number]);
      });
      const adam = astAdam();
      const hold = async (step: number): Promise<void> => {
        for (const [name, { data }] of await paramsToArrays(params, flow.specs)) {
          const expected = goldenArray(golden, `${run}/after_step${step}/${name}`).data;
          expectClose(data, expected, { tolerance: 5e-6, label: `train ${run} weights after ${step}`, backend, detail: name });
        }
      };
      const losses: number[] = [];
      for (const batch of batches) {
        losses.push(teacherStep(flow, params, adam, batch, condition));
        if (run === 'teacher_gamma0' && losses.length === 1) await hold(1);
      }
      holdLosses(losses, run);
      await hold(5);
      disposeParams(params);
      adam.dispose();
    });

    it('moves the student as the official code does', async () => {
      const teacher = paramsFromArrays(withPrefix(golden, 'teacher_gammaNZ/after_step5/'), flow.specs);
      const params: Params = paramsFromArrays(withPrefix(golden, 'student_init/'), student.specs, { ignore: isUnusedByAstStudent });
      const adam = astAdam();
      const losses = batches.map((batch) => {
        const { z, logAbsDet } = flow.forward(teacher, batch.x, condition);
        const loss = studentStep(student, params, adam, { ...batch, z }, condition);
        tf.dispose([z, logAbsDet]);
        return loss;
      });
      holdLosses(losses, 'student');
      const errors: number[] = [];
      for (const [name, { data }] of await paramsToArrays(params, student.specs)) {
        // Their gradient is zero but for rounding, which Adam blows up to whole steps.
        if (/^res\..*\.l[12]\.bias$/.test(name)) continue;
        const expected = goldenArray(golden, `student/after_step5/${name}`).data;
        expectClose(data, expected, { tolerance: 4e-4, label: 'train student weights after 5', backend, detail: name });
        data.forEach((value, i) => errors.push(Math.abs(value - (expected[i] as number))));
      }
      errors.sort((a, b) => a - b);
      const p999 = errors[Math.floor(0.999 * errors.length)] as number;
      expectClose([p999], [0], { tolerance: 1e-5, label: 'train student weights after 5, 99.9 % of them', backend });
      disposeParams(teacher);
      disposeParams(params);
      adam.dispose();
    });
  });
});

/** Entry i of an array's first axis. */
function stepOf(arrays: ReadonlyMap<string, GoldenArray>, name: string, i: number): GoldenArray {
  const { data, shape: [, ...shape] } = goldenArray(arrays, name);
  const size = shape.reduce((product, edge) => product * edge, 1);
  return { shape, data: data.subarray(i * size, (i + 1) * size) };
}
