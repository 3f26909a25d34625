// @ts-check
import { paperSettings, quickSettings } from '../lib/networks.mjs';
import { nodeSide } from '../lib/sides.mjs';

/**
 * A case of images on the WASM backend, whose operations run on one core: all threads against one.
 *
 * @param {'score' | 'backbone'} part
 * @param {string} what
 * @param {number} perThread images a repetition and thread
 * @returns {import('../lib/case.mjs').Case}
 */
function overImages(part, what, perThread) {
  const side = (/** @type {import('../lib/case.mjs').Context} */ context, /** @type {number} */ threads) =>
    nodeSide('wasm-images.mjs', { part, images: perThread * context.threads, settings: paperSettings({ part: 'score', batch: 1 }) })({ ...context, threads });
  return {
    name: `wasm ${part}`,
    group: 'wasm',
    what,
    against: 'the same on one thread',
    ours: (context) => side(context, context.threads),
    peer: (context) => side(context, 1),
    compare: [{ prefix: '', tolerance: 0 }],
    must: 1.7, // two cores; within 15 % of the cores there are
  };
}

const smoke = quickSettings({
  ...{ preset: 'smoke', channels: 40, positions: 16, conditionChannels: 8, batch: 4 },
  teacher: { hidden: 32, clamp: 1.9, kernels: [3, 3] },
  student: { hidden: 64, blocks: 2, slope: 0.01 },
  part: 'student',
});

/**
 * A training step of preset `smoke`.
 *
 * @param {'teacher' | 'student'} part
 * @returns {import('../lib/case.mjs').Case}
 */
function smokeStep(part) {
  const settings = { ...smoke, part };
  return {
    name: `wasm ${part} step, smoke`,
    group: 'wasm',
    what: `training step of preset smoke's ${part}, batch 4, 40 channels, 16x16`,
    against: "TensorFlow.js' plain JavaScript backend",
    pairs: 1,
    ours: nodeSide('networks.mjs', { ...settings, backend: 'wasm' }),
    peer: nodeSide('networks.mjs', { ...settings, backend: 'cpu' }),
    // As in cases/student.mjs.
    compare: [
      { prefix: 'loss', tolerance: 1e-5 },
      { prefix: 'grad/', tolerance: 0.02, of: 'rms', floor: 1e-5 },
      { prefix: 'update/', tolerance: 0.2, of: 'rms' },
      { prefix: 'buffer/', tolerance: 1e-5 },
    ],
    must: 1,
  };
}

/** @type {readonly import('../lib/case.mjs').Case[]} */
export const cases = [
  overImages('score', 'teacher 64 and student 1024, inference, image by image, 304 channels, 24x24', 2),
  overImages('backbone', 'EfficientNet-B4 to block 29, images of 768x768, one by one', 4),
  smokeStep('teacher'),
  smokeStep('student'),
];
