import * as tf from '@tensorflow/tfjs-core';
import { backendsUnderTest, describeBackends, expectClose, maxAbs } from '@blemish-tools/jest';
import { startEngine } from '@blemish/engine/node';
import type { FitOptions, FitProgress, ScoredSample } from '../detector.js';
import { readModel } from '../frame/model-file.js';
import { createMemoryStore } from '../memory-store.js';
import { loadDetector, modelFacts } from '../systems.js';
import { helpersHere } from '../testing/helpers-here.js';
import { squareSample, squareSource } from '../testing/tiny-ast.js';
import { tinyStfpmConfig } from '../testing/tiny-stfpm.js';
import type { PyramidConfig } from './pyramid-config.js';
import { stfpmSystem } from './stfpm-system.js';

const config = tinyStfpmConfig();
const samples = [squareSample(100), squareSample(101), squareSample(102, 40, true)];

async function fitted(options: FitOptions = {}, settings: PyramidConfig = config): Promise<Uint8Array> {
  const detector = await stfpmSystem.create({ config: settings });
  try {
    await detector.fit(squareSource(5), options);
    return await detector.toBytes();
  } finally {
    detector.dispose();
  }
}

async function scored(bytes: Uint8Array): Promise<ScoredSample[]> {
  const detector = await loadDetector(bytes);
  try {
    return await detector.score(samples);
  } finally {
    detector.dispose();
  }
}

// ResNet-18 takes minutes to train on `cpu`: there it scores what wasm trained; pyramid-detector.test.ts trains there, too.
const trainedOn = backendsUnderTest.filter((backend) => backend !== 'cpu');
let reference: { readonly bytes: Uint8Array; readonly scored: readonly ScoredSample[] };
beforeAll(async () => {
  await startEngine({ backend: 'wasm' });
  const bytes = await fitted();
  reference = { bytes, scored: await scored(bytes) };
});

describeBackends('a model file of STFPM', (backend) => {
  it('gives on any backend the scores and maps that it gave where it was trained', async () => {
    const here = await scored(reference.bytes);
    here.forEach(({ map, score }, i) => {
      const there = reference.scored[i] as ScoredSample;
      expectClose(map.data, there.map.data, { tolerance: 1e-4 * maxAbs(there.map.data), label: 'tiny STFPM: map', backend });
      expect(score).toBeCloseTo(there.score, 4);
    });
    expect(here[2]?.score).toBeGreaterThan(Math.max(here[0]?.score ?? 0, here[1]?.score ?? 0));
  });

  it('says what it is', () => {
    expect(modelFacts(reference.bytes)).toEqual({ kind: 'stfpm', modality: 'rgb', depth: null, source: undefined });
    const { header, networks } = readModel(reference.bytes, stfpmSystem.configSchema, () => ['student']);
    expect(header).toMatchObject({ config, backbone: { name: 'resnet18-random-seed0', included: true }, training: { images: 5, batch: 2 } });
    expect([...(networks['student']?.keys() ?? [])]).toContain('layer1.0.bn1.running_mean'); // as it was trained, not folded
  });
});

describeBackends(
  'the STFPM detector',
  () => {
    it('fits, saves and loads in new bytes with equal maps; stopped and resumed, with helpers or without', async () => {
      const bytes = await fitted();
      const [own, again] = [await scored(bytes), await scored(Uint8Array.from(bytes))];
      expect(again.map(({ map }) => map.data)).toEqual(own.map(({ map }) => map.data));

      const controller = new AbortController();
      let [taken, checkpoint]: [number, Uint8Array | undefined] = [0, undefined];
      const stopped = fitted({
        signal: controller.signal,
        onProgress: ({ unit }) => void (unit === 'steps' && ++taken === 25 && controller.abort(new Error('stopped'))),
        onCheckpoint: (state) => void (checkpoint = state),
      });
      await expect(stopped).rejects.toThrow('stopped');
      const helpers = helpersHere(() => undefined);
      expect(Buffer.compare(await fitted({ helpers, resumeFrom: checkpoint as unknown as Uint8Array }), bytes)).toBe(0);
    });

    it('refuses a student that did not learn', async () => {
      await expect(fitted({}, tinyStfpmConfig({ epochs: 2, optimizer: { learningRate: 1e-9 } }))).rejects.toThrow(/^stfpm: the student collapsed, or was trained too briefly: its loss on 5 good images is /);
    });

    it('leaves no tensor behind when a fit fails or is stopped', async () => {
      const store = createMemoryStore(); // of the teacher's maps: the teacher itself is kept from its first image on
      await fitted({ store });
      const idle = tinyStfpmConfig({ epochs: 2, optimizer: { learningRate: 1e-9 } });
      const [detector, refused] = [await stfpmSystem.create({ config }), await stfpmSystem.create({ config: idle })];
      const before = tf.memory().numTensors;
      await expect(refused.fit(squareSource(5), { store })).rejects.toThrow('collapsed');
      expect(tf.memory().numTensors).toBe(before);
      for (const at of ['student', 'calibration']) {
        const controller = new AbortController();
        const onProgress = ({ phase }: FitProgress): void => (phase === at ? controller.abort(new Error('stopped')) : undefined);
        await expect(detector.fit(squareSource(5), { store, signal: controller.signal, onProgress })).rejects.toThrow('stopped');
        expect([at, tf.memory().numTensors]).toEqual([at, before]);
      }
      detector.dispose();
      refused.dispose();
    });

    it('trains with the known variants', async () => {
      const variant = tinyStfpmConfig({ loss: 'paper', optimizer: { learningRate: 0.2, l2: 5e-5 }, map: { fusion: 'sum' }, score: { reduction: 'mean' } });
      const [good, , bad] = await scored(await fitted({}, variant));
      expect(bad?.score).toBeGreaterThan(good?.score ?? Infinity);
      expect(good?.score).toBe(good?.scores.mean);
    });
  },
  trainedOn,
);
