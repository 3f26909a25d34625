import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, fullSuite } from '@blemish-tools/jest';
import { createResNet, seededWeights } from '@blemish/features';
import { paramsFromArrays } from '@blemish/layers';
import { createPyramidStudent } from '@blemish/student';
import { readSafetensors } from '@blemish/weights';
import type { EpochLoss } from '../detector.js';
import { squareSource } from '../testing/tiny-ast.js';
import { distilPyramid, type DistilledPyramid, type PyramidDistilOptions } from './distil-pyramid.js';
import { resolvePyramidDistilConfig, type PyramidDistilSettings } from './resolve-pyramid-distil-config.js';

const levels = ['layer1', 'layer2'] as const;
const backbone = createResNet({ variant: 'resnet18_half', taps: levels, batched: true });
const { weights } = seededWeights(backbone, 3);
const settings: PyramidDistilSettings = { levels: [...levels], epochs: 2, batch: 2, view: 32, maxScale: 1.5, seed: 2 };

function distil(options: Partial<PyramidDistilOptions> = {}, overrides: PyramidDistilSettings = {}): Promise<DistilledPyramid> {
  return distilPyramid({ config: resolvePyramidDistilConfig({ ...settings, ...overrides }), samples: squareSource(4), backbone, weights, ...options });
}

/** Keeps the last checkpoint, and the losses that came with each. */
function keeper(): { onCheckpoint: NonNullable<PyramidDistilOptions['onCheckpoint']>; last: Uint8Array | undefined; losses: (readonly EpochLoss[])[] } {
  const kept = {
    last: undefined as Uint8Array | undefined,
    losses: [] as (readonly EpochLoss[])[],
    onCheckpoint: (bytes: Uint8Array, losses: readonly EpochLoss[]) => {
      kept.last = bytes;
      kept.losses.push(losses);
      return Promise.resolve();
    },
  };
  return kept;
}

/** The last checkpoint of a run that is stopped when so many images are read, or steps taken. */
async function stoppedAt(what: 'begin' | 'load' | 'step', count = 0): Promise<Uint8Array> {
  const [controller, samples, kept] = [new AbortController(), squareSource(4), keeper()];
  const stop = new Error('stopped');
  const load = (index: number): ReturnType<typeof samples.load> => {
    if (what === 'load' && samples.loads === count) controller.abort(stop);
    return samples.load(index);
  };
  if (what === 'begin') controller.abort(stop);
  const onProgress = ({ done }: { done: number }): void => void (what === 'step' && done === count && controller.abort(stop));
  await expect(distil({ samples: { ...samples, load }, signal: controller.signal, onProgress, onCheckpoint: kept.onCheckpoint })).rejects.toBe(stop);
  return kept.last as Uint8Array;
}

function expectSame(one: DistilledPyramid, other: DistilledPyramid): void {
  expect(one.losses).toEqual(other.losses);
  expect([...one.weights.keys()]).toEqual([...other.weights.keys()]);
  for (const [name, { data }] of one.weights) expect([name, Buffer.compare(bytesOf(data), bytesOf(other.weights.get(name)?.data as Float32Array))]).toEqual([name, 0]);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer => Buffer.from(buffer, byteOffset, byteLength);

describeBackends(
  'distillation of a pyramid',
  () => {
    const kept = keeper();
    let distilled: DistilledPyramid;
    let before = 0;
    beforeAll(async () => {
      before = tf.memory().numTensors;
      distilled = await distil({ onCheckpoint: kept.onCheckpoint });
    });
    afterEach(() => expect(tf.memory().numTensors).toBe(before));

    it('says where it comes from, and tells its losses with each checkpoint', () => {
      expect(distilled.provenance).toMatchObject({ images: 4, backbone: 'resnet18_half' });
      expect(JSON.parse(String(distilled.provenance['config']))).toMatchObject({ seed: 2, epochs: 2 });
      expect(distilled.losses.map(({ epoch }) => epoch)).toEqual([1, 2]);
      expect(kept.losses).toEqual([[], distilled.losses]); // once measured, and at the end
    });

    it('gives weights of which createResNet makes the maps of the student', async () => {
      const student = createPyramidStudent({ variant: 'resnet18_half', levels });
      const arrays = [...readSafetensors(kept.last as Uint8Array).tensors].filter(([name]) => name.startsWith('student/') && !name.includes('/head'));
      const params = paramsFromArrays(new Map(arrays.map(([name, array]) => [name.slice('student/'.length), array])), student.specs);
      const loaded = backbone.load(distilled.weights, 'distilled');
      const differences = tf.tidy(() => {
        const x = tf.randomUniform<tf.Rank.R4>([2, 32, 32, 3], 0, 1, 'float32', 5);
        const [theirs, ours] = [student.apply(params, x, { training: false }).levels, backbone.forward(loaded, x)];
        return tf.stack(ours.map((map, i) => tf.div(tf.max(tf.abs(tf.sub(map, theirs[i] as tf.Tensor4D))), tf.max(tf.abs(map)))));
      });
      const [first, second] = await differences.data();
      expect([first, second].every((difference) => (difference as number) < 1e-5)).toBe(true);
      tf.dispose([params, loaded, differences]);
    });

    it('ends with the same bits for the same seed, and for no other', async () => {
      expectSame(await distil(), distilled);
      expect((await distil({}, { seed: 3 })).losses).not.toEqual(distilled.losses);
    });

    it.each([
      ['before it began', 'begin', 0],
      ['while the backbone was measured', 'load', 2],
      ['within an epoch', 'step', 1],
      ['at the end of an epoch', 'step', 2],
    ] as const)('ends with the same bits when it was stopped %s and resumed', async (_, what, count) => {
      expectSame(await distil({ resumeFrom: await stoppedAt(what, count) }), distilled);
    });

    it('leaves no tensors behind where an image cannot be read', async () => {
      const samples = squareSource(4);
      const load = (index: number): ReturnType<typeof samples.load> => (index === 3 ? Promise.reject(new Error('good/3: torn')) : samples.load(index));
      await expect(distil({ samples: { ...samples, load } })).rejects.toThrow('good/3: torn');
    });

    it('goes on from checkpoints of the same run only, and begins with images only', async () => {
      const resumeFrom = await stoppedAt('step', 1);
      await expect(distil({ resumeFrom }, { seed: 5 })).rejects.toThrow("checkpoint: belongs to another configuration, 'seed' differs");
      await expect(distil({ resumeFrom, samples: squareSource(4, { first: 7 }) })).rejects.toThrow('checkpoint: belongs to other training images');
      await expect(distil({ resumeFrom, weights: seededWeights(backbone, 4).weights })).rejects.toThrow(/^checkpoint: belongs to [^\n]+$/);
      await expect(distil({ samples: squareSource(0) })).rejects.toThrow('expected at least 1 good image, got none');
    });
  },
  fullSuite ? undefined : ['wasm', 'native'],
);

describeBackends(
  'what the student learns',
  () => {
    it('is what the backbone says', async () => {
      const { losses } = await distil({}, { epochs: 30, batch: 4 });
      const [first, last] = [losses[0], losses.at(-1)].map((record) => record?.loss ?? NaN) as [number, number];
      expect(last).toBeLessThan(0.5 * first);
    });
  },
  ['native'],
);
