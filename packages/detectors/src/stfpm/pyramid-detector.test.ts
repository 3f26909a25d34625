import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, fullSuite } from '@blemish-tools/jest';
import type { Detector, EpochLoss, FitOptions, FitReport, ScoredSample } from '../detector.js';
import type { PartJob } from '../frame/part-job.js';
import { readModel } from '../frame/model-file.js';
import { createMemoryStore } from '../memory-store.js';
import { helpersHere } from '../testing/helpers-here.js';
import { reverseSystem } from '../testing/reverse-system.js';
import { squareSample, squareSource } from '../testing/tiny-ast.js';
import type { PyramidConfig } from './pyramid-config.js';

// What every system with a pyramid does, shown by a student that is small enough for every backend.
const last = reverseSystem.resolve('tiny');
/** Its weights decay so fast that the last epochs are not the best. */
const selecting = reverseSystem.resolve('tiny', { selection: { heldOut: 0.4 }, optimizer: { learningRate: 1, l2: 0.05 } });

/** The teacher is the slow part: what it said is kept from fit to fit, where a test is not about that. */
const warm = createMemoryStore();

async function fitted(config: PyramidConfig, options: FitOptions = {}, count = 5): Promise<{ bytes: Uint8Array; report: FitReport }> {
  const detector = await reverseSystem.create({ config });
  try {
    const report = await detector.fit(squareSource(count), { store: warm, ...options });
    return { bytes: await detector.toBytes(), report };
  } finally {
    detector.dispose();
  }
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
const lossesOf = (losses: readonly EpochLoss[], phase: string): number[] => losses.filter((one) => one.phase === phase).map(({ loss }) => loss);

async function walk(detector: Detector, ...options: Parameters<Detector['scoreSource']> extends [unknown, ...infer Rest] ? Rest : never): Promise<ScoredSample[]> {
  const scored: ScoredSample[] = [];
  for await (const one of detector.scoreSource(squareSource(4, { first: 50 }), ...options)) scored.push(one);
  return scored;
}

describeBackends('a pyramid detector', (backend) => {
  let bytes: Uint8Array;
  let selected: { bytes: Uint8Array; report: FitReport };
  beforeAll(async () => {
    ({ bytes } = await fitted(last));
    selected = await fitted(selecting);
  });

  it('gives the same bits for the same seed, others for another one, whatever is kept', async () => {
    expect(isSame((await fitted(last)).bytes, bytes)).toBe(true);
    if (backend === 'cpu' && !fullSuite) return; // the teacher is slow there
    expect(isSame((await fitted(last, { store: createMemoryStore({ limitBytes: 0 }), scratch: createMemoryStore() })).bytes, bytes)).toBe(true);
    const weights = (file: Uint8Array): unknown => readModel(file, reverseSystem.configSchema, () => ['student']).networks['student']?.get('narrow.weight')?.data;
    expect(weights((await fitted({ ...last, seed: 1 })).bytes)).not.toEqual(weights(bytes));
  });

  it.each([['last', last], ['held out', selecting]] as const)('ends with the same bits when it is stopped after a step and resumed: %s', async (_, config) => {
    const whole = await fitted(config);
    const perEpoch = config === last ? 3 : 2;
    const total = 8 * perEpoch;
    // In an epoch, at its end (behind the held-out images' loss), in the middle and at the end of all.
    for (const stop of backend === 'cpu' ? [6 * perEpoch] : [1, perEpoch, 4 * perEpoch + 1, 6 * perEpoch, total]) {
      const controller = new AbortController();
      let taken = 0;
      let checkpoint: Uint8Array | undefined;
      const stopped = fitted(config, {
        signal: controller.signal,
        onProgress: ({ unit }) => void (unit === 'steps' && ++taken === stop && controller.abort(new Error('stopped'))),
        onCheckpoint: (state) => void (checkpoint = state),
      });
      await expect(stopped).rejects.toThrow('stopped');
      const resumed = await fitted(config, { resumeFrom: checkpoint as Uint8Array });
      expect(isSame(resumed.bytes, whole.bytes)).toBe(true);
      expect([resumed.report.losses, resumed.report.notes]).toEqual([whole.report.losses, whole.report.notes]);
    }
  });

  it('keeps the epoch with the lowest loss on the held-out images', async () => {
    const { losses, batch, notes } = selected.report;
    const measured = lossesOf(losses, 'held out');
    expect([lossesOf(losses, 'student').length, measured.length, batch]).toEqual([8, 8, 2]);
    const lowest = measured.indexOf(Math.min(...measured));
    expect(lowest).toBeLessThan(7);
    expect(notes).toEqual([`kept epoch ${lowest + 1} of 8, whose loss on 2 held-out images is the lowest: ${(measured[lowest] as number).toPrecision(4)}`]);

    // The same run, ended where the lowest was, ends with the same student.
    const short = await fitted({ ...selecting, epochs: lowest + 1 });
    const [a, b] = [short.bytes, selected.bytes].map((file) => readModel(file, reverseSystem.configSchema, () => ['student']).networks['student']);
    expect([...(a ?? [])]).toEqual([...(b ?? [])]);
    expect(lossesOf(short.report.losses, 'held out')).toEqual(measured.slice(0, lowest + 1));
  });

  it('gives the same bits with helpers', async () => {
    const validation = squareSource(3, { first: 20 });
    const jobs: string[] = [];
    const helpers = helpersHere((job) => jobs.push((job as PartJob).want.join(' ')), (parts) => reverseSystem.createHelper(parts as Parameters<typeof reverseSystem.createHelper>[0]));
    const [alone, helped] = [await fitted(last, { validation }), await fitted(last, { validation, helpers, store: createMemoryStore() })];
    expect(isSame(helped.bytes, alone.bytes)).toBe(true);
    expect(new Set(jobs)).toEqual(new Set(['input features', 'input features map']));

    const detector = await reverseSystem.load(bytes);
    const [here, there] = [await walk(detector), await walk(detector, { helpers })];
    expect(there.map(({ id, map }) => [id, map.data])).toEqual(here.map(({ id, map }) => [id, map.data]));
    detector.dispose();
  });

  it('scores a file that was loaded as it scored before, and defects higher than good parts', async () => {
    const detector = await reverseSystem.create({ config: last });
    await detector.fit(squareSource(5));
    const again = await reverseSystem.load(await detector.toBytes());
    const samples = [squareSample(100), squareSample(101, 40, true)];
    const [own, loaded] = [await detector.score(samples), await again.score(samples)];
    expect(loaded.map(({ map, scores }) => [map.data, scores])).toEqual(own.map(({ map, scores }) => [map.data, scores]));
    expect(own[0]?.map.shape).toEqual([40, 40]);
    expect(own[1]?.score).toBeGreaterThan(own[0]?.score ?? Infinity);
    expect(again.heatScale).toEqual(detector.heatScale);
    detector.dispose();
    again.dispose();
  });

  it('gives scores that depend on neither the map’s size, nor the batch, nor what is kept', async () => {
    const detector = await reverseSystem.load(bytes);
    const batch = await detector.score([50, 51, 52, 53].map((seed) => squareSample(seed)));
    for (const mapSize of [[1, 1], [9, 7], [64, 64]] as const) {
      const walked = await walk(detector, { mapSize, store: createMemoryStore() });
      expect(walked.map(({ scores }) => scores)).toEqual(batch.map(({ scores }) => scores));
      expect(walked[0]?.map.shape).toEqual(mapSize);
    }
    const [alone] = await detector.score([squareSample(52)]);
    expect(alone?.map.data).toEqual(batch[2]?.map.data);
    const { scores, score } = batch[0] as ScoredSample;
    expect(score).toBe(scores.max);
    expect(scores.max).toBeGreaterThanOrEqual(scores.mean);
    detector.dispose();
  });

  if (backend === 'cpu' && !fullSuite) return; // slow, and nothing of it is an operation's doing

  it('decodes an image once when what it made of it is kept', async () => {
    const detector = await reverseSystem.create({ config: last });
    const source = squareSource(5);
    await detector.fit(source, { scratch: createMemoryStore() });
    expect(source.loads).toBe(5 + 5); // the calibration looks at the images as scoring does
    detector.dispose();
  });

  it('goes on from any checkpoint of a process that was killed', async () => {
    const checkpoints: Uint8Array[] = [];
    await fitted(selecting, { checkpointSeconds: 0, onCheckpoint: (state) => void checkpoints.push(state) });
    expect(checkpoints).toHaveLength(8);
    for (const resumeFrom of [checkpoints[0], checkpoints[6], checkpoints[7]] as Uint8Array[]) {
      expect(isSame((await fitted(selecting, { resumeFrom })).bytes, selected.bytes)).toBe(true);
    }
  });

  it('keeps its number of tensors from step to step', async () => {
    for (const config of [last, selecting]) {
      const counts: number[] = [];
      await fitted(config, { onProgress: ({ unit }) => void (unit === 'steps' && counts.push(tf.memory().numTensors)) });
      expect(new Set(counts.slice(1)).size).toBe(1); // the first makes the momentum
    }
  });

  it('says where fewer images are left than a batch has', async () => {
    const { report } = await fitted({ ...selecting, batch: 4 });
    expect([report.batch, report.notes[0]]).toEqual([3, '3 images are left to train on, fewer than a batch of 4: trained with batches of 3']);
    expect((await fitted({ ...last, batch: 8 })).report).toMatchObject({ batch: 5, notes: ['5 images are fewer than a batch of 8: trained with batches of 5'] });
  });

  if (backend !== 'wasm') return;

  it('has a threshold only where good images were kept out of training', async () => {
    const detector = await reverseSystem.create({ config: last });
    await detector.fit(squareSource(5));
    expect(detector.threshold).toBeUndefined();
    await detector.fit(squareSource(5), { validation: squareSource(4, { first: 20 }) });
    expect(detector.threshold).toMatchObject({ reduction: 'max', images: 4, falseAlarms: 1 / 5 });
    detector.dispose();
  });

  it('refuses no images, too few to hold some out, and checkpoints of other runs', async () => {
    await expect(fitted(last, {}, 0)).rejects.toThrow('expected at least 1 good image, got none');
    await expect(fitted(selecting, {}, 1)).rejects.toThrow('fit: expected more good images to hold 0.4 of them out, got 1');
    let checkpoint: Uint8Array | undefined;
    await fitted(last, { onCheckpoint: (state) => void (checkpoint = state) });
    const resumeFrom = checkpoint as Uint8Array;
    await expect(fitted(last, { resumeFrom }, 6)).rejects.toThrow('belongs to other training images');
    await expect(fitted(selecting, { resumeFrom })).rejects.toThrow('belongs to another configuration');
  });

  it('refuses a student that learned nothing', async () => {
    await expect(fitted({ ...last, optimizer: { ...last.optimizer, learningRate: 1e-9 } })).rejects.toThrow(/^reverse: the student collapsed, or was trained too briefly: its loss on 5 good images is /);
  });

  it('names the epoch after which the loss on held-out images is no number', async () => {
    const wild = { ...selecting, epochs: 1, batch: 3, optimizer: { ...last.optimizer, learningRate: 1e38 } };
    await expect(fitted(wild)).rejects.toThrow(/^the loss on held-out images became (NaN|Infinity) in epoch 1; a smaller learning rate may help/);
  });

  it('goes on from a checkpoint of the same teacher only', async () => {
    const config = reverseSystem.resolve('tiny', { backbone: { weights: 'pretrained' } });
    const { seededWeights, createResNet } = await import('@blemish/features');
    const fit = async (seed: number, options: FitOptions): Promise<void> => {
      const backboneWeights = seededWeights(createResNet({ variant: 'resnet18', taps: config.backbone.levels }), seed).weights;
      const detector = await reverseSystem.create({ config, backboneWeights });
      await detector.fit(squareSource(5), options).finally(() => detector.dispose());
    };
    let checkpoint: Uint8Array | undefined;
    await fit(1, { onCheckpoint: (state) => void (checkpoint = state) });
    const resumeFrom = checkpoint as Uint8Array;
    await fit(1, { resumeFrom });
    await expect(fit(2, { resumeFrom })).rejects.toThrow(/^checkpoint: belongs to other weights of the network that is learned from; [^\n]+$/);
  });

  it('names the backbone that a file leaves out by its hash, and refuses another one', async () => {
    const teacher = reverseSystem.resolve('tiny', { backbone: { weights: 'pretrained' } });
    const { seededWeights, createResNet } = await import('@blemish/features');
    const [one, other] = [1, 2].map((seed) => seededWeights(createResNet({ variant: 'resnet18', taps: teacher.backbone.levels }), seed).weights);
    await expect(reverseSystem.create({ config: teacher })).rejects.toThrow('resnet18: expected its weights, got none');
    const detector = await reverseSystem.create({ config: teacher, backboneWeights: one });
    await detector.fit(squareSource(5));
    const slim = await detector.toBytes({ backbone: false });
    expect(slim.length).toBeLessThan((await detector.toBytes()).length);
    await expect(reverseSystem.load(slim, { name: 'a.safetensors' })).rejects.toThrow(/^a\.safetensors: leaves its backbone out; give the weights of resnet18 with hash [0-9a-f]{12}$/);
    await expect(reverseSystem.load(slim, { backboneWeights: other })).rejects.toThrow(/^model: was trained with backbone weights [0-9a-f]{12}, got [0-9a-f]{12}$/);
    const again = await reverseSystem.load(slim, { backboneWeights: one });
    const samples = [squareSample(70)];
    expect((await again.score(samples))[0]?.map.data).toEqual((await detector.score(samples))[0]?.map.data);
    detector.dispose();
    again.dispose();
  });
});
