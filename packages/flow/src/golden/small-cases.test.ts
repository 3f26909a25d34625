import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import {
  describeBackends,
  describeShared,
  expectClose,
  goldenArray,
  maxAbs,
  nchwValues,
  nhwcTensor,
  readGolden,
  withPrefix,
} from '@blemish-tools/jest';
import { disposeParams, paramsFromArrays, paramsToArrays, type Params } from '@blemish/layers';
import { compose } from '../compose.js';
import type { ConditionalFlow } from '../conditional-flow.js';
import { likelihoodPerPosition } from '../likelihood.js';
import { flowGradients, goldenPermutations, officialFlow } from '../testing/golden-flow.js';

interface Noise {
  readonly max_abs: number;
  readonly max_rel_to_tensor_maxabs: number;
}
interface Case {
  readonly config: { readonly n_feat: number; readonly pos_enc_dim: number; readonly channels_hidden: number; readonly clamp: number };
  readonly observed_float32_noise_of_the_official_code_vs_its_own_float64_run: Readonly<Record<string, Noise>>;
}

describeShared('the official flow, small cases', 'golden/flow/small_cases.json', (path) => {
  const cases = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Case>;
  for (const [name, { config, observed_float32_noise_of_the_official_code_vs_its_own_float64_run: noise }] of Object.entries(cases)) {
    describeBackends(name, (backend) => {
      const golden = readGolden(join(path, '..', `${name}.safetensors`));
      let flow: ConditionalFlow;
      let params: Params;
      let x: tf.Tensor4D;
      let condition: tf.Tensor4D | undefined;
      let mask: tf.Tensor;

      beforeAll(() => {
        flow = officialFlow({
          channels: config.n_feat,
          conditionChannels: config.pos_enc_dim,
          hidden: config.channels_hidden,
          clamp: config.clamp,
          permutations: goldenPermutations(golden),
        });
        params = paramsFromArrays(withPrefix(golden, 'param/'), flow.specs);
        x = nhwcTensor(goldenArray(golden, 'x'));
        condition = golden.has('cond') ? nhwcTensor(goldenArray(golden, 'cond')) : undefined;
        mask = tf.tensor(goldenArray(golden, 'mask').data as Float32Array, [2, 12, 12]);
      });
      afterAll(() => {
        disposeParams(params);
        tf.dispose([x, condition ?? [], mask]);
      });

      const close = (actual: ArrayLike<number>, key: string, tolerance: number): void => {
        const [row, detail] = key.split('/') as [string, string?];
        expectClose(actual, goldenArray(golden, key).data, { tolerance, label: `flow ${name} ${row}`, backend, detail });
      };
      const allowed = (key: string): number => 20 * (noise[key] as Noise).max_abs;

      it('maps x to z with its log-determinant', () => {
        const { z, logAbsDet } = flow.forward(params, x, condition);
        close(nchwValues(z), 'z', allowed('z'));
        close(logAbsDet.dataSync(), 'jac', allowed('jac'));
        tf.dispose([z, logAbsDet]);
      });

      it.each([0, 1, 2, 3])('gives the output of block %i', (k) => {
        const { z, logAbsDet } = compose(flow.transforms.slice(0, 2 * k + 2)).forward(params, x, condition);
        close(nchwValues(z), `block_${k}_out`, allowed(`block_${k}_out`));
        tf.dispose([z, logAbsDet]);
      });

      it('brings z back to x', () => {
        const z = nhwcTensor(goldenArray(golden, 'z'));
        const back = flow.inverse(params, z, condition);
        close(nchwValues(back), 'x_rec', allowed('x_rec'));
        tf.dispose([z, back]);
      });

      it.each(['mask', 'nomask'])('gives the loss of each position and sample, %s', (kind) => {
        tf.tidy(() => {
          const { z, logAbsDet } = flow.forward(params, x, condition);
          const loss = likelihoodPerPosition(z, logAbsDet, kind === 'mask' ? mask : undefined);
          close(loss.dataSync(), `loss_per_pixel_${kind}`, allowed(`loss_per_pixel_${kind}`));
          close(tf.mean(loss, [1, 2]).dataSync(), `loss_per_sample_${kind}`, allowed(`loss_per_sample_${kind}`));
        });
      });

      it.each(['mask', 'nomask'])('gives the gradients of the loss, %s', async (kind) => {
        const { x: dx, ...grads } = flowGradients(flow, params, x, condition, kind === 'mask' ? mask : undefined);
        const relative = 20 * (noise[`grad_${kind}`] as Noise).max_rel_to_tensor_maxabs;
        const arrays = await paramsToArrays(grads, flow.specs);
        const all: [string, ArrayLike<number>][] = [['x', nchwValues(dx as tf.Tensor4D)]];
        for (const [parameter, { data }] of arrays) all.push([parameter, data]);
        for (const [parameter, data] of all) {
          const key = `grad_${kind}/${parameter}`;
          close(data, key, relative * maxAbs(goldenArray(golden, key).data));
        }
        expect(all).toHaveLength(1 + Object.keys(flow.specs).length);
        disposeParams({ ...grads, x: dx as tf.Tensor });
      });
    });
  }
});
