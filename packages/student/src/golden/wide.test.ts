import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import {
  backendsUnderTest,
  describeBackends,
  describeShared,
  expectClose,
  expectStatistics,
  fullSuite,
  nchwValues,
  nhwcTensor,
  realSizeMask,
  seededArray,
  type GoldenArray,
  type SeededArray,
  type Statistics,
} from '@blemish-tools/jest';
import { countParams, disposeParams, paramsFromArrays, paramsToArrays, positionalEncoding, type Params } from '@blemish/layers';
import { createAstStudent, isUnusedByAstStudent } from '../ast-student.js';
import { studentGradients } from '../testing/student-gradients.js';

interface Mode {
  readonly loss_mask_f64: number;
  readonly observed_f32_noise: {
    readonly y: { readonly max_rel_to_maxabs: number };
    readonly 'grad/x': { readonly max_rel_to_maxabs: number };
    readonly grad_params_max_rel_to_tensor_maxabs_excluding_res_conv_biases: number;
  };
}
interface Wide {
  readonly params_and_buffers: readonly (SeededArray & { readonly name: string })[];
  readonly x: SeededArray;
  readonly z_teacher: SeededArray;
  readonly mask: SeededArray;
  readonly train: Mode;
  readonly eval: Mode;
}

const minutes = 60_000;

/** A pass takes many minutes on `cpu`. */
const backends = backendsUnderTest.filter((backend) => backend !== 'cpu' || fullSuite);

describeShared("AST's official student at its real size", 'golden/student/wide_1024.json', (path) => {
  const golden = JSON.parse(readFileSync(path, 'utf8')) as Wide;
  let weights: (readonly [string, GoldenArray])[] | undefined;
  const student = createAstStudent({ channels: 304, conditionChannels: 32, hidden: 1024, blocks: 4 });

  it('has as many parameters as the official one, which counts a gamma that it never uses', () => {
    const counts = JSON.parse(readFileSync(join(path, '..', 'full_config_param_counts.json'), 'utf8')) as Record<string, { student: number }>;
    expect(countParams(student.specs) + 1).toBe(counts['304']?.student);
  });

  describeBackends('forward and gradients', (backend) => {
    let params: Params;
    let x: tf.Tensor4D;
    let teacher: tf.Tensor4D;
    let condition: tf.Tensor3D;
    let mask: tf.Tensor3D;
    beforeAll(() => {
      weights ??= golden.params_and_buffers.map((described) => [described.name, seededArray(described)] as const);
      params = paramsFromArrays(weights, student.specs, { ignore: isUnusedByAstStudent });
      [x, teacher] = [nhwcTensor(seededArray(golden.x)), nhwcTensor(seededArray(golden.z_teacher))];
      condition = positionalEncoding(32, 24, 24);
      mask = realSizeMask(golden.mask);
    }, 5 * minutes);
    afterAll(() => {
      disposeParams(params);
      tf.dispose([x, teacher, condition, mask]);
    });

    describe.each(['train', 'eval'] as const)('in %s mode', (mode) => {
      const training = mode === 'train';
      const { observed_f32_noise: noise, loss_mask_f64: expectedLoss } = golden[mode];
      const statistics = golden[mode] as unknown as Readonly<Record<string, Statistics>>;
      const hold = (values: ArrayLike<number>, key: string, relative: number): void => {
        const [row, ...rest] = key.split('/') as [string, ...string[]];
        const where = { label: `student wide_1024 ${mode} ${row}`, backend, detail: rest.join('/') };
        expectStatistics(values, statistics[key] as Statistics, relative, where);
      };

      it('gives the output', () => {
        const { y, buffers } = student.apply(params, x, condition, { training });
        hold(nchwValues(y), 'y', 20 * noise.y.max_rel_to_maxabs);
        for (const [name, value] of Object.entries(buffers)) hold(value.dataSync(), `buffer_after/${name}`, 1e-5);
        y.dispose();
        disposeParams(buffers);
      }, 30 * minutes);

      // Minutes on the backends without threads.
      if (backend !== 'native' && !fullSuite) return;
      it('gives the loss and its gradients', async () => {
        const { loss, grads, buffers } = studentGradients(student, params, { x, condition, teacher, mask, training });
        expectClose([loss], [expectedLoss], { tolerance: 1e-5 * expectedLoss, label: `student wide_1024 ${mode} loss`, backend });
        const { x: dx, ...ofParams } = grads;
        hold(nchwValues(dx as tf.Tensor4D), 'grad/x', 10 * noise['grad/x'].max_rel_to_maxabs);
        const relative = 10 * noise.grad_params_max_rel_to_tensor_maxabs_excluding_res_conv_biases;
        for (const name of Object.keys(ofParams)) {
          // Before batch normalisation a bias has no effect: its gradient is zero but for rounding.
          const unmoved = training && /^res\..*\.l[12]\.bias$/.test(name);
          const spec = { [name]: student.specs[name] as (typeof student.specs)[string] };
          const data = [...(await paramsToArrays(ofParams, spec)).values()][0]?.data as Float32Array;
          if (unmoved) expect(Math.max(...data.map(Math.abs))).toBeLessThan(1e-6);
          else hold(data, `grad/${name}`, relative);
        }
        disposeParams(grads);
        disposeParams(buffers);
      }, 60 * minutes);
    });
  }, backends);
});
