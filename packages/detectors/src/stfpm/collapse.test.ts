import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, uniformTensor } from '@blemish-tools/jest';
import type { PartArrays } from '../frame/part-job.js';
import type { PartTask } from '../frame/part-tasks.js';
import { reverseSystem } from '../testing/reverse-system.js';
import { refuseCollapsed } from './collapse.js';
import type { PyramidBatch, PyramidLearner } from './pyramid-learner.js';
import type { PyramidParts } from './pyramid-parts.js';
import { createPyramidScorer } from './pyramid-scorer.js';

const [edge, count] = [4, 6];
const shapes = [[edge, edge, 2]] as const;
const config = reverseSystem.resolve('tiny', { imageSize: [edge, edge], map: { size: edge } });

/** Directions in the first quadrant, another one at every position. */
const features = (index: number): Float32Array => {
  const angles = uniformTensor(index + 1, edge * edge, 0, Math.PI / 2);
  return Float32Array.from({ length: 2 * edge * edge }, (_, i) => (i % 2 === 0 ? Math.cos : Math.sin)(angles[Math.floor(i / 2)] as number));
};

const arrays: PartTask<PartArrays> = {
  prepare: (index) => Promise.resolve({ value: { input: new Float32Array(edge * edge * 3), features: features(index) } }),
  work: () => Promise.reject(new Error('everything is known')),
};

/** Judges a student that answers a batch so. */
async function judge(levelOf: (batch: PyramidBatch) => tf.Tensor4D, heldOut: readonly number[] = []): Promise<void> {
  const student: PyramidLearner = { specs: {}, apply: (_, batch) => ({ levels: [levelOf(batch)], buffers: {} }) };
  const extractor: PyramidParts['extractor'] = { inputSize: [edge, edge], shapes, key: 'none', forward: () => [] };
  const parts: PyramidParts = { config, extractor, student, scorer: createPyramidScorer(student) };
  const all = Array.from({ length: count }, (_, i) => i);
  await refuseCollapsed(parts, { student: {} }, arrays, { train: all.filter((i) => !heldOut.includes(i)), heldOut });
}

/** The teacher's map of the only level. */
const teacherOf = ({ teacher }: PyramidBatch): tf.Tensor4D => teacher[0] as tf.Tensor4D;

/** The teacher's directions, each turned. */
const turned = (batch: PyramidBatch, by: (index: number) => number): tf.Tensor4D =>
  tf.tidy(() => {
    const t = teacherOf(batch);
    const [x, y] = tf.split(t, 2, 3) as [tf.Tensor4D, tf.Tensor4D];
    const angles = tf.tensor4d(Array.from({ length: x.size }, (_, i) => by(i)), x.shape);
    const [cos, sin] = [tf.cos(angles), tf.sin(angles)];
    return tf.concat([tf.sub(tf.mul(x, cos), tf.mul(y, sin)), tf.add(tf.mul(x, sin), tf.mul(y, cos))], 3);
  });

describeBackends('a student is taken for collapsed', () => {
  it('not where it follows its teacher here better than there', async () => {
    await expect(judge((batch) => turned(batch, (i) => 0.01 * ((i % 7) + 1)))).resolves.toBeUndefined();
  });

  it('where it gives the same everywhere', async () => {
    const constant = (batch: PyramidBatch): tf.Tensor4D => tf.onesLike(teacherOf(batch));
    await expect(judge(constant)).rejects.toThrow(/^reverse: the student collapsed, or was trained too briefly: its loss on 6 good images is 0\.\d+, a student that gives the same everywhere reaches 0\.\d+; /);
  });

  it('where its map has no structure', async () => {
    await expect(judge((batch) => turned(batch, () => 0.1))).rejects.toThrow('the map of a good image is flat');
    await expect(judge((batch) => tf.zerosLike(teacherOf(batch)))).rejects.toThrow('the map of a good image is flat');
  });

  it('where it is no number', async () => {
    await expect(judge((batch) => tf.fill(teacherOf(batch).shape, NaN))).rejects.toThrow('the map of a good image is flat (its values deviate by NaN %)');
  });

  it('by what it does on images that were held out, where there are any, however few', async () => {
    for (let i = 0; i < count; i++) {
      await expect(judge((batch) => tf.onesLike(teacherOf(batch)), [i])).rejects.toThrow('its loss on 1 good images is');
    }
  });
});
