import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import {
  describeBackends,
  describeShared,
  expectClose,
  expectStatistics,
  fullSuite,
  nchwValues,
  nhwcTensor,
  norm,
  realSizeMask,
  seededArray,
  type SeededArray,
  type Statistics,
} from '@blemish-tools/jest';
import {
  countParams,
  disposeParams,
  paramsFromArrays,
  paramsToArrays,
  positionalEncoding,
  type Params,
} from '@blemish/layers';
import { likelihoodPerPosition } from '../likelihood.js';
import { numpyPermutation } from '../numpy-permutation.js';
import { flowGradients, officialFlow } from '../testing/golden-flow.js';

interface Real {
  readonly config: { readonly n_feat: number; readonly channels_hidden: number; readonly pos_enc_dim: number; readonly clamp: number };
  readonly n_params: number;
  readonly params: readonly (SeededArray & { readonly name: string })[];
  readonly x: SeededArray;
  readonly mask: SeededArray;
  readonly checks: { readonly x_first4: readonly number[]; readonly param_abs_sum: number };
  readonly observed_f32_noise: Readonly<Record<'z' | 'jac' | 'x_rec' | 'grad_mask/x', { max_abs: number; max_rel_to_maxabs: number }>>;
  readonly param_grads_mask: Readonly<Record<string, Statistics['stats'] & { readonly samples: Statistics['samples'] }>>;
  readonly param_grads_nomask_l2: Readonly<Record<string, number>>;
}

for (const width of [304, 368]) {
  describeShared(`the official flow of ${width} channels`, `golden/flow/real_${width}.json`, (path) => {
    const golden = JSON.parse(readFileSync(path, 'utf8')) as Real & Record<string, Statistics>;
    const { config, observed_f32_noise: noise } = golden;
    const weights = golden.params.map((described) => [described.name, seededArray(described)] as const);
    const flow = officialFlow({
      channels: width,
      conditionChannels: config.pos_enc_dim,
      hidden: config.channels_hidden,
      clamp: config.clamp,
      permutations: [0, 1, 2, 3].map((k) => numpyPermutation(k, width)),
    });

    it('has the weights that the file describes', () => {
      expect(countParams(flow.specs)).toBe(golden.n_params);
      const sum = weights.reduce((total, [, { data }]) => absSum(data, total), 0);
      expect(Math.abs(sum - golden.checks.param_abs_sum)).toBeLessThan(1e-6 * sum);
    });

    describeBackends('at its real size', (backend) => {
      let params: Params;
      let x: tf.Tensor4D;
      let condition: tf.Tensor3D;
      let mask: tf.Tensor3D;
      let output: Float32Array;
      beforeAll(() => {
        params = paramsFromArrays(weights, flow.specs);
        x = nhwcTensor(seededArray(golden.x));
        condition = positionalEncoding(config.pos_enc_dim, 24, 24);
        mask = realSizeMask(golden.mask);
      });
      afterAll(() => {
        disposeParams(params);
        tf.dispose([x, condition, mask]);
      });

      const holdTo = (values: ArrayLike<number>, key: string, expected: Statistics, relative: number): void => {
        const [row, detail] = key.split('/') as [string, string?];
        expectStatistics(values, expected, relative, { label: `flow real_${width} ${row}`, backend, ...(detail ? { detail } : {}) });
      };
      const hold = (values: ArrayLike<number>, key: string, relative: number): void =>
        holdTo(values, key, golden[key] as Statistics, relative);

      it('maps x to z, block by block', () => {
        tf.tidy(() => {
          let z = x;
          let logAbsDet: tf.Tensor3D = tf.zeros([1, 24, 24]);
          flow.transforms.forEach((transform, i) => {
            const step = transform.forward(params, z, condition);
            z = step.z;
            logAbsDet = tf.add(logAbsDet, step.logAbsDet);
            if (i % 2 === 1) hold(nchwValues(z), `block_${(i - 1) / 2}_out`, 20 * noise.z.max_rel_to_maxabs);
          });
          hold(nchwValues(z), 'z', 20 * noise.z.max_rel_to_maxabs);
          hold(logAbsDet.dataSync(), 'jac', 20 * noise.jac.max_rel_to_maxabs);
          for (const kind of ['mask', 'nomask']) {
            const loss = likelihoodPerPosition(z, logAbsDet, kind === 'mask' ? mask : undefined);
            hold(loss.dataSync(), `loss_per_pixel_${kind}`, 20 * noise.z.max_rel_to_maxabs);
          }
          output = Float32Array.from(z.dataSync());
        });
      });

      // A quarter of a minute on this backend.
      if (backend === 'cpu' && width === 368 && !fullSuite) return;
      it('brings z back to x', () => {
        tf.tidy(() => {
          const back = flow.inverse(params, tf.tensor4d(output, x.shape), condition);
          const tolerance = 20 * noise.x_rec.max_abs;
          expectClose(back.dataSync(), x.dataSync(), { tolerance, label: `flow real_${width} x_rec`, backend });
        });
      });

      // Minutes on this backend.
      if (backend === 'cpu' && !fullSuite) return;
      it.each(['mask', 'nomask'])('gives the gradients of the loss, %s', async (kind) => {
        const { x: dx, ...grads } = flowGradients(flow, params, x, condition, kind === 'mask' ? mask : undefined);
        const relative = 20 * noise['grad_mask/x'].max_rel_to_maxabs;
        hold(nchwValues(dx as tf.Tensor4D), `grad_${kind}/x`, relative);
        for (const [name, { data }] of await paramsToArrays(grads, flow.specs)) {
          if (kind === 'mask') {
            const { samples, ...stats } = golden.param_grads_mask[name] as Real['param_grads_mask'][string];
            holdTo(data, `grad_mask/${name}`, { samples, stats }, relative);
          } else {
            const l2 = golden.param_grads_nomask_l2[name] as number;
            expect(Math.abs(norm(data) - l2)).toBeLessThanOrEqual(relative * l2);
          }
        }
        disposeParams({ ...grads, x: dx as tf.Tensor });
      });
    });
  });
}

function absSum(values: ArrayLike<number>, start: number): number {
  let sum = start;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i] as number);
  return sum;
}
