import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, describeShared, expectClose, goldenArray, maxAbs, nchwValues, nhwcTensor, readGolden } from '@blemish-tools/jest';
import { valueAndGrads, type Params } from '@blemish/layers';
import { pyramidLoss } from '../pyramid-loss.js';
import { pyramidMap } from '../pyramid-map.js';

interface Golden {
  readonly official_train_loss: { readonly f64: number };
  readonly paper_loss_with_half_f64: number;
}

describeShared('feature pyramid matching against the official loss and map', 'golden/stfpm/stfpm.safetensors', (path) => {
  const golden = readGolden(path);
  const about = JSON.parse(readFileSync(path.replace('.safetensors', '.json'), 'utf8')) as Golden;
  const levels = [1, 2, 3];

  describeBackends('loss, gradients, maps', (backend) => {
    let teacher: tf.Tensor4D[];
    let student: Params;
    beforeAll(() => {
      teacher = levels.map((level) => nhwcTensor(goldenArray(golden, `teacher_${level}`)));
      student = Object.fromEntries(levels.map((level) => [level, nhwcTensor(goldenArray(golden, `student_${level}`))]));
    });
    afterAll(() => tf.dispose([teacher, student]));
    const maps = (): tf.Tensor4D[] => Object.values(student) as tf.Tensor4D[];

    it.each([false, true])('loss and gradients, halved: %p', (half) => {
      const { value, grads } = valueAndGrads(() => pyramidLoss(teacher, maps(), { half }), student);
      const expected = half ? about.paper_loss_with_half_f64 : about.official_train_loss.f64;
      expectClose(value.dataSync(), [expected], { tolerance: 1e-6 * expected, label: 'stfpm loss', backend });
      for (const level of levels) {
        const { data } = goldenArray(golden, `grad_student_${level}`);
        const actual = nchwValues(grads[level] as tf.Tensor4D).map((gradient) => (half ? 2 * gradient : gradient));
        // A zero vector's gradient is 1e12 times as large as the others': each is held to its own scale.
        for (const [scale, keep] of [['zero vector', (g: number) => Math.abs(g) > 1e3], ['others', (g: number) => Math.abs(g) <= 1e3]] as const) {
          const [got, want] = [actual, data as Float32Array].map((values) => values.filter((_, i) => keep(data[i] as number))) as [Float32Array, Float32Array];
          expectClose(got, want, { tolerance: 1e-5 * maxAbs(want), label: `stfpm gradient ${scale}`, backend, detail: String(level) });
        }
      }
      tf.dispose([value, grads]);
    });

    it.each([
      ['official_score_map_64x64', { fusion: 'product', half: false }],
      ['anomalib_map_64x64', { fusion: 'product', half: true }],
      ['sum_variant_map_64x64', { fusion: 'sum', half: true }],
    ] as const)('%s', (key, options) => {
      const map = pyramidMap(teacher, maps(), { size: 64, ...options });
      const { data } = goldenArray(golden, key);
      expect(map.shape).toEqual([3, 64, 64]);
      expectClose(map.dataSync(), data, { tolerance: 1e-5 * maxAbs(data), label: `stfpm ${key}`, backend });
      map.dispose();
    });
  });
});
