import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import {
  describeBackends,
  describeShared,
  expectClose,
  fullSuite,
  maxAbs,
  seededArray,
  type SeededArray,
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
import { flowGradients, nchw, nhwc, officialFlow } from '../testing/golden-flow.js';

interface Described {
  readonly stats: { readonly min: number; readonly max: number; readonly l2: number };
  readonly samples: { readonly flat_index: readonly number[]; readonly value: readonly number[] };
}
interface Real {
  readonly config: { readonly n_feat: number; readonly channels_hidden: number; readonly pos_enc_dim: number; readonly clamp: number };
  readonly n_params: number;
  readonly params: readonly (SeededArray & { readonly name: string })[];
  readonly x: SeededArray;
  readonly mask: SeededArray;
  readonly checks: { readonly x_first4: readonly number[]; readonly param_abs_sum: number };
  readonly observed_f32_noise: Readonly<Record<'z' | 'jac' | 'x_rec' | 'grad_mask/x', { max_abs: number; max_rel_to_maxabs: number }>>;
  readonly param_grads_mask: Readonly<Record<string, Described['stats'] & { samples: Described['samples'] }>>;
  readonly param_grads_nomask_l2: Readonly<Record<string, number>>;
}

for (const width of [304, 368]) {
  describeShared(`the official flow of ${width} channels`, `golden/flow/real_${width}.json`, (path) => {
    const golden = JSON.parse(readFileSync(path, 'utf8')) as Real & Record<string, Described>;
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
        x = nhwc(seededArray(golden.x));
        condition = positionalEncoding(config.pos_enc_dim, 24, 24);
        mask = maskOf(golden.mask);
      });
      afterAll(() => {
        disposeParams(params);
        tf.dispose([x, condition, mask]);
      });

      const samples = (values: ArrayLike<number>, key: string, { samples, largest }: { samples: Described['samples']; largest: number }, relative: number): void => {
        const [row, detail] = key.split('/') as [string, string?];
        const actual = samples.flat_index.map((i) => values[i] as number);
        expectClose(actual, samples.value, { tolerance: relative * largest, label: `flow real_${width} ${row}`, backend, detail });
      };
      const hold = (values: ArrayLike<number>, key: string, relative: number): void => {
        const { samples: expected, stats } = golden[key] as Described;
        samples(values, key, { samples: expected, largest: largestOf(stats) }, relative);
        expect(Math.abs(norm(values) - stats.l2)).toBeLessThanOrEqual(relative * stats.l2);
      };

      it('maps x to z, block by block', () => {
        tf.tidy(() => {
          let z = x;
          let logAbsDet: tf.Tensor3D = tf.zeros([1, 24, 24]);
          flow.transforms.forEach((transform, i) => {
            const step = transform.forward(params, z, condition);
            z = step.z;
            logAbsDet = tf.add(logAbsDet, step.logAbsDet);
            if (i % 2 === 1) hold(nchw(z), `block_${(i - 1) / 2}_out`, 20 * noise.z.max_rel_to_maxabs);
          });
          hold(nchw(z), 'z', 20 * noise.z.max_rel_to_maxabs);
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
        hold(nchw(dx as tf.Tensor4D), `grad_${kind}/x`, relative);
        for (const [name, { data }] of await paramsToArrays(grads, flow.specs)) {
          if (kind === 'mask') {
            const expected = golden.param_grads_mask[name] as Described['stats'] & { samples: Described['samples'] };
            samples(data, `grad_mask/${name}`, { samples: expected.samples, largest: largestOf(expected) }, relative);
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

/** The mask that the files describe: random, nothing in the first four rows, all in the middle. */
function maskOf(described: SeededArray): tf.Tensor3D {
  const { data } = seededArray(described);
  const values = Float32Array.from(data, (value, i) => {
    const [row, column] = [Math.floor(i / 24), i % 24];
    if (row < 4) return 0;
    return row >= 10 && row < 20 && column >= 6 && column < 18 ? 1 : value;
  });
  return tf.tensor3d(values, [1, 24, 24]);
}

function largestOf({ min, max }: { readonly min: number; readonly max: number }): number {
  return maxAbs([min, max]);
}

function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2;
  return Math.sqrt(sum);
}

function absSum(values: ArrayLike<number>, start: number): number {
  let sum = start;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i] as number);
  return sum;
}
