import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import {
  describeBackends,
  describeShared,
  expectClose,
  goldenArray,
  maskTensor,
  maxAbs,
  nchwValues,
  nhwcTensor,
  norm,
  readGolden,
  withPrefix,
} from '@blemish-tools/jest';
import { disposeParams, paramsFromArrays, paramsToArrays, type Params } from '@blemish/layers';
import { createAstStudent, isUnusedByAstStudent } from '../ast-student.js';
import { distancePerPosition } from '../distance.js';
import { studentGradients } from '../testing/student-gradients.js';

type Mode = 'train' | 'eval';
interface Small {
  readonly observed_f32_noise: Readonly<Record<string, { readonly max_abs: number; readonly max_rel_to_maxabs: number }>> & {
    readonly grad_mask_params: Readonly<Record<string, number>>;
  };
  readonly grad_mask_l2: Readonly<Record<string, number>>;
  readonly grad_nomask_l2: Readonly<Record<string, number>>;
}

describeShared("AST's official student, small", 'golden/student/small.json', (path) => {
  const modes = JSON.parse(readFileSync(path, 'utf8')) as Record<Mode, Small>;
  const golden = readGolden(join(path, '..', 'small.safetensors'));
  const student = createAstStudent({ channels: 24, conditionChannels: 8, hidden: 32, blocks: 4 });

  describeBackends('forward and gradients', (backend) => {
    let params: Params;
    let x: tf.Tensor4D;
    let condition: tf.Tensor4D;
    let teacher: tf.Tensor4D;
    let mask: tf.Tensor3D;
    beforeAll(() => {
      const weights = [...withPrefix(golden, 'param/'), ...withPrefix(golden, 'buffer_before/')];
      params = paramsFromArrays(weights, student.specs, { ignore: isUnusedByAstStudent });
      [x, condition, teacher] = ['x', 'cond', 'z_teacher'].map((name) => nhwcTensor(goldenArray(golden, name))) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
      mask = maskTensor(goldenArray(golden, 'mask'));
    });
    afterAll(() => {
      disposeParams(params);
      tf.dispose([x, condition, teacher, mask]);
    });

    const close = (actual: ArrayLike<number>, key: string, tolerance: number): void => {
      const [mode, row, ...rest] = key.split('/') as [string, string, ...string[]];
      const label = `student small ${mode} ${row}`;
      expectClose(actual, goldenArray(golden, key).data, { tolerance, label, backend, detail: rest.join('/') });
    };

    describe.each(['train', 'eval'] as const)('in %s mode', (mode) => {
      const training = mode === 'train';
      const { observed_f32_noise: noise, ...norms } = modes[mode];
      const allowed = (key: string): number => 20 * (noise[key]?.max_abs as number);

      it('gives the output and the losses', () => {
        const { y, buffers } = student.apply(params, x, condition, { training });
        close(nchwValues(y), `${mode}/y`, allowed('y'));
        for (const kind of ['mask', 'nomask']) {
          tf.tidy(() => {
            const distance = distancePerPosition(teacher, y, kind === 'mask' ? { mask } : {});
            close(distance.dataSync(), `${mode}/loss_per_pixel_${kind}`, allowed('loss_per_pixel_mask'));
            close(tf.mean(distance, [1, 2]).dataSync(), `${mode}/loss_per_sample_${kind}`, allowed('loss_per_pixel_mask'));
          });
        }
        expect(Object.keys(buffers)).toHaveLength(training ? 16 : 0);
        for (const [name, value] of Object.entries(buffers)) {
          const key = `train/buffer_after/${name}`;
          close(value.dataSync(), key, 1e-5 * maxAbs(goldenArray(golden, key).data));
        }
        y.dispose();
        disposeParams(buffers);
      });

      it('gives the gradients of the masked loss', async () => {
        const { grads, buffers } = studentGradients(student, params, { x, condition, teacher, mask, training });
        const { x: dx, ...ofParams } = grads;
        close(nchwValues(dx as tf.Tensor4D), `${mode}/grad_mask/x`, allowed('grad_mask/x'));
        const relative = 20 * (noise.grad_mask_params['max_rel_to_tensor_maxabs_excluding_res_conv_biases'] as number);
        for (const [name, { data }] of await paramsToArrays(ofParams, pickSpecs(ofParams))) {
          // Before batch normalisation a bias has no effect: its gradient is zero but for rounding.
          const unmoved = training && /^res\..*\.l[12]\.bias$/.test(name);
          const l2 = norms.grad_mask_l2[name] as number;
          if (!unmoved) expect(Math.abs(norm(data) - l2)).toBeLessThanOrEqual(relative * l2);
          if (!training) continue;
          const key = `train/grad_mask/${name}`;
          close(data, key, unmoved ? 20 * (noise.grad_mask_params['max_abs'] as number) : relative * maxAbs(goldenArray(golden, key).data));
        }
        disposeParams(grads);
        disposeParams(buffers);
      });

      it('gives the gradients of the loss without a mask', () => {
        const { grads, buffers } = studentGradients(student, params, { x, condition, teacher, training });
        const key = `${mode}/grad_nomask/x`;
        close(nchwValues(grads['x'] as tf.Tensor4D), key, 20 * (noise['grad_mask/x']?.max_rel_to_maxabs as number) * maxAbs(goldenArray(golden, key).data));
        disposeParams(grads);
        disposeParams(buffers);
      });
    });
  });

  const pickSpecs = (some: Params): typeof student.specs =>
    Object.fromEntries(Object.entries(student.specs).filter(([name]) => name in some));
});
