import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, fullSuite } from '@blemish-tools/jest';
import { createDescriptor, readDescriptor, seededWeights, type Backbone } from '@blemish/features';
import { getParam, paramsFromArrays } from '@blemish/layers';
import { readSafetensors, writeSafetensors } from '@blemish/weights';
import { squareSource } from '../testing/tiny-ast.js';
import { distilDescriptor, type Distilled, type DistilOptions } from './distil-descriptor.js';
import { resolveDistilConfig, type DistilSettings } from './resolve-distil-config.js';

/** One strided convolution: what it says of a patch is easily learnt. */
const backbone: Backbone = {
  name: 'tiny',
  spec: { taps: [{ name: 'conv', channels: 8, stride: 8 }], inputRange: [0, 1], mean: [0, 0, 0], std: [1, 1, 1] },
  weightSpecs: { 'conv.weight': { shape: [8, 8, 3, 8], layout: 'filter', trainable: true, initial: { bound: 0.5 } } },
  select: (weights) => ({ weights, leftOver: [] }),
  load: (weights) => paramsFromArrays(weights, backbone.weightSpecs),
  forward: (params, images) => [tf.relu(tf.conv2d(images, getParam<tf.Tensor4D>(params, 'conv.weight'), 8, 'valid'))],
};
const weights = seededWeights(backbone, 3).weights;

const settings: DistilSettings = { receptiveField: 17, steps: 4, batch: 3, backboneSize: 32, minScale: 1, maxScale: 3, seed: 2 };

function distil(options: Partial<DistilOptions> = {}, overrides: Partial<DistilSettings> = {}): Promise<Distilled> {
  return distilDescriptor({ config: resolveDistilConfig({ ...settings, ...overrides }), samples: squareSource(4), backbone, weights, ...options });
}

/** The last checkpoint of a run that is stopped after so many steps. */
async function stoppedAfter(steps: number, overrides: Partial<DistilSettings> = {}): Promise<Uint8Array> {
  const controller = new AbortController();
  let checkpoint: Uint8Array | undefined;
  const stop = new Error('stopped');
  const run = distil(
    {
      signal: controller.signal,
      onProgress: ({ done }) => void (done === steps && controller.abort(stop)),
      onCheckpoint: (bytes) => Promise.resolve(void (checkpoint = bytes)),
    },
    overrides,
  );
  await expect(run).rejects.toBe(stop);
  return checkpoint as Uint8Array;
}

// One patch of 17 takes 0.08 G multiplications, which the cpu backend needs seconds for.
const backends = fullSuite ? undefined : (['wasm', 'native'] as const);

describeBackends(
  'distillation',
  () => {
    let distilled: Distilled;
    beforeAll(async () => {
      distilled = await distil();
    });

    it('gives a descriptor that says where it comes from', () => {
      const { descriptor, weights: params, provenance } = readDescriptor(distilled.bytes, 'out');
      expect(descriptor.receptiveField).toBe(17);
      expect([...params.keys()]).toEqual(Object.keys(createDescriptor({ receptiveField: 17 }).specs));
      expect(provenance).toMatchObject({ images: 4, backbone: 'tiny', backboneTap: 'conv' });
      expect(JSON.parse(String(provenance['config']))).toMatchObject({ seed: 2, steps: 4 });
    });

    it('ends with the same bits for the same seed, and for no other', async () => {
      expect(Buffer.compare((await distil()).bytes, distilled.bytes)).toBe(0);
      expect(Buffer.compare((await distil({}, { seed: 3 })).bytes, distilled.bytes)).not.toBe(0);
    });

    it.each([1, 3])('ends with the same bits when it is stopped after step %i and resumed', async (steps) => {
      const resumed = await distil({ resumeFrom: await stoppedAfter(steps) });
      expect(Buffer.compare(resumed.bytes, distilled.bytes)).toBe(0);
      expect(resumed.losses).toEqual(distilled.losses);
    });

    it('leaves a checkpoint even where it is stopped before its first step', async () => {
      const signal = AbortSignal.abort(new Error('stopped'));
      let checkpoint: Uint8Array | undefined;
      await expect(distil({ signal, onCheckpoint: (bytes) => Promise.resolve(void (checkpoint = bytes)) })).rejects.toThrow('stopped');
      expect(checkpoint).toBeDefined();
      expect(Buffer.compare((await distil({ resumeFrom: checkpoint })).bytes, distilled.bytes)).toBe(0);
    });

    it('leaves a checkpoint, and no tensors, where it is stopped while targets are measured', async () => {
      const before = tf.memory().numTensors;
      const controller = new AbortController();
      const samples = squareSource(4);
      const load = (index: number): ReturnType<typeof samples.load> => {
        if (samples.loads === 2) controller.abort(new Error('stopped'));
        return samples.load(index);
      };
      let checkpoint: Uint8Array | undefined;
      const stopped = distil({ samples: { ...samples, load }, signal: controller.signal, onCheckpoint: (bytes) => Promise.resolve(void (checkpoint = bytes)) });
      await expect(stopped).rejects.toThrow('stopped');
      expect(tf.memory().numTensors).toBe(before);
      expect(Buffer.compare((await distil({ resumeFrom: checkpoint })).bytes, distilled.bytes)).toBe(0);
    });

    it('leaves no tensors behind where an image cannot be read, or when it is stopped', async () => {
      const before = tf.memory().numTensors;
      const samples = squareSource(4);
      const load = (index: number): ReturnType<typeof samples.load> => (samples.loads === 3 ? Promise.reject(new Error('good/3: torn')) : samples.load(index));
      for (const targets of ['plain', 'normalised'] as const) {
        samples.loads = 0;
        await expect(distil({ samples: { ...samples, load } }, { targets })).rejects.toThrow('good/3: torn');
        expect(tf.memory().numTensors).toBe(before);
      }
      await stoppedAfter(2);
      expect(tf.memory().numTensors).toBe(before);
    });

    it('takes triplets along, and resumes with them too', async () => {
      const all = { weights: { knowledge: 1, compactness: 1, triplet: 1 }, steps: 2 };
      const whole = await distil({}, all);
      expect(Object.keys(whole.losses[0] ?? {})).toEqual(['step', 'knowledge', 'compactness', 'triplet']);
      const resumed = await distil({ resumeFrom: await stoppedAfter(1, all) }, all);
      expect(Buffer.compare(resumed.bytes, whole.bytes)).toBe(0);
    });

    it('goes on from checkpoints of the same run only', async () => {
      const resumeFrom = await stoppedAfter(1);
      await expect(distil({ resumeFrom }, { seed: 5 })).rejects.toThrow('checkpoint: belongs to another configuration: seed was 2, is 5');
      await expect(distil({ resumeFrom, samples: squareSource(4, { first: 7 }) })).rejects.toThrow('checkpoint: belongs to other images');
      await expect(distil({ resumeFrom, weights: seededWeights(backbone, 4).weights })).rejects.toThrow('checkpoint: belongs to another backbone');
      await expect(distil({ resumeFrom: resumeFrom.subarray(0, 500) })).rejects.toThrow('checkpoint');
      const { tensors, metadata } = readSafetensors(resumeFrom);
      const header = JSON.parse(metadata['blemish'] ?? '') as { config: object };
      const later = JSON.stringify({ ...header, config: { ...header.config, blur: 2 } });
      await expect(distil({ resumeFrom: writeSafetensors(tensors, { blemish: later }) })).rejects.toThrow('checkpoint: belongs to another configuration: blur was 2, is undefined');
      const incomplete = writeSafetensors([...tensors].filter(([name]) => name !== 'weights/conv2.bias'), metadata);
      await expect(distil({ resumeFrom: incomplete })).rejects.toThrow(/^checkpoint: .*conv2\.bias/);
    });
  },
  backends,
);

describeBackends(
  'what is learnt',
  () => {
    it('is what the backbone says', async () => {
      const { losses } = await distil({}, { steps: 60, batch: 4, learningRate: 1e-3, weights: { knowledge: 1, compactness: 0 } });
      const [first, last] = [losses[0], losses.at(-1)].map((record) => record?.knowledge ?? NaN) as [number, number];
      expect(losses.map(({ step }) => step)).toEqual([20, 40, 60]);
      expect(last).toBeLessThan(0.5 * first);
    });

    it('is refused without images', async () => {
      await expect(distil({ samples: squareSource(0) })).rejects.toThrow('distil: expected at least 1 image, got none');
      const triplets = { weights: { knowledge: 1, compactness: 0, triplet: 1 } };
      await expect(distil({ samples: squareSource(1) }, triplets)).rejects.toThrow('distil: expected at least 2 images, for triplets, got 1');
    });
  },
  ['native'],
);
