import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, maxAbs, uniformTensor } from '@blemish-tools/jest';
import { createRandom, disposeParams, replaceParams, type Params } from '@blemish/layers';
import type { PyramidBatch } from './pyramid-learner.js';
import { createPyramidScorer } from './pyramid-scorer.js';
import { createStfpmStudent } from './stfpm-student.js';

const { specs, apply, scoring } = createStfpmStudent({ name: 'resnet18', levels: ['layer1', 'layer2'] });

/** Parameters as a trained student could have: no normalisation is the identity. */
function trainedParams(): Params {
  const random = createRandom(1);
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, initial }]) => {
      const draw = random.derive(name);
      const size = shape.reduce((product, edge) => product * edge, 1);
      const isFilter = typeof initial === 'object' && 'deviation' in initial;
      const positive = /running_var$|(bn\d|downsample\.1)\.weight$/.test(name);
      return [name, tf.tensor(isFilter ? draw.normal(0, initial.deviation, size) : draw.uniform(positive ? 0.5 : -0.3, positive ? 1.5 : 0.3, size), [...shape])];
    }),
  );
}

const read = (maps: readonly tf.Tensor4D[]): Float32Array[] =>
  maps.map((map) => {
    const values = map.dataSync<'float32'>();
    map.dispose();
    return values;
  });

describeBackends('the student of STFPM', (backend) => {
  let params: Params;
  let batch: PyramidBatch;
  beforeAll(() => {
    params = trainedParams();
    batch = { images: tf.tensor4d(uniformTensor(2, 20 * 16 * 3, 0, 1), [1, 20, 16, 3]), teacher: [] };
  });
  afterAll(() => {
    disposeParams(params);
    batch.images.dispose();
  });

  it('scores folded as it does unfolded', () => {
    const whole = read(apply(params, batch, { training: false }).levels);
    const scorer = createPyramidScorer({ specs, apply, ...(scoring && { scoring }) });
    read(scorer.levels(params, batch)).forEach((values, level) => {
      const expected = whole[level] as Float32Array;
      expectClose(values, expected, { tolerance: 1e-5 * maxAbs(expected), label: 'folded student of STFPM', backend });
    });
    scorer.dispose();
  });

  it('is folded once for as long as its parameters stay the same, and anew when they do not', () => {
    let folds = 0;
    const scorer = createPyramidScorer({
      specs,
      apply,
      scoring: {
        fold: (given) => {
          folds++;
          return (scoring as NonNullable<typeof scoring>).fold(given);
        },
        apply: (folded, given) => (scoring as NonNullable<typeof scoring>).apply(folded, given),
      },
    });
    const first = read(tf.tidy(() => scorer.levels(params, batch)));
    const held = tf.memory().numTensors;
    expect(read(scorer.levels(params, batch))).toEqual(first);
    expect([folds, tf.memory().numTensors]).toEqual([1, held]);

    // What a step of training does.
    replaceParams(params, Object.fromEntries(Object.entries(params).map(([name, value]) => [name, name.startsWith('conv1.') ? tf.mul(value, -1) : tf.clone(value)])));
    const second = read(scorer.levels(params, batch));
    expect([folds, tf.memory().numTensors]).toEqual([2, held]);
    expect(second).not.toEqual(first);
    scorer.dispose();
  });

  it('is scored as it is where it has no other form', () => {
    const scorer = createPyramidScorer({ specs, apply });
    const before = tf.memory().numTensors;
    expect(read(scorer.levels(params, batch))).toEqual(read(apply(params, batch, { training: false }).levels));
    expect(tf.memory().numTensors).toBe(before);
    scorer.dispose();
  });
});
