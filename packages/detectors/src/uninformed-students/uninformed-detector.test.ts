import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, fullSuite, trainingBackends } from '@blemish-tools/jest';
import type { Detector, FitOptions, FitProgress, FitReport, ScoredSample } from '../detector.js';
import { readModel, writeModel } from '../frame/model-file.js';
import type { PartJob } from '../frame/part-job.js';
import { createMemoryStore } from '../memory-store.js';
import type { TeacherFile } from '../system.js';
import { loadDetector, modelFacts } from '../systems.js';
import { helpersHere } from '../testing/helpers-here.js';
import { squareSample, squareSource } from '../testing/tiny-ast.js';
import { seededTeacher, tinyUninformedConfig } from '../testing/tiny-uninformed.js';
import { splitOf } from './fit-uninformed.js';
import { uninformedConfigSchema, type UninformedConfig } from './uninformed-config.js';
import { uninformedSystem } from './uninformed-system.js';

const one = tinyUninformedConfig();
const two = tinyUninformedConfig({ teachers: { receptiveFields: [33, 17] } });

interface FitSetting extends FitOptions {
  readonly config?: UninformedConfig;
  readonly teachers?: readonly TeacherFile[];
  readonly count?: number;
}

/** Fits a tiny detector and uses it. */
async function withFitted<T>({ config = one, teachers, count = 5, ...options }: FitSetting, use: (detector: Detector, report: FitReport) => T | Promise<T>): Promise<T> {
  const detector = await uninformedSystem.create({ config, teachers });
  try {
    return await use(detector, await detector.fit(squareSource(count), options));
  } finally {
    detector.dispose();
  }
}

const fitted = (setting: FitSetting = {}): Promise<Uint8Array> => withFitted(setting, (detector) => detector.toBytes());

/** The last checkpoint of a fit that is stopped after its `stop`-th step. */
async function stoppedAfter(stop: number, setting: FitSetting = {}): Promise<Uint8Array> {
  const controller = new AbortController();
  let taken = 0;
  let checkpoint: Uint8Array | undefined;
  const stopped = fitted({
    ...setting,
    signal: controller.signal,
    onProgress: ({ unit }) => {
      if (unit === 'steps' && ++taken === stop) controller.abort(new Error('stopped'));
    },
    onCheckpoint: (bytes) => void (checkpoint = bytes),
  });
  await expect(stopped).rejects.toThrow('stopped');
  return checkpoint as Uint8Array;
}

/** The model with its maps made of something else. */
function remade(bytes: Uint8Array, of: UninformedConfig['score']['of']): Promise<Detector> {
  const content = readModel(bytes, uninformedConfigSchema, ({ teachers }) => teachers.receptiveFields.flatMap((size) => ['teacher', 'students', 'statistics'].map((name) => `${name}${size}`)));
  const { config } = content.header;
  return loadDetector(writeModel({ ...content, header: { ...content.header, config: { ...config, score: { ...config.score, of } } } }));
}

/** Maps at the positions that are scored. */
async function mapsOf(detector: Detector, seeds: readonly number[]): Promise<number[][]> {
  const scored = await detector.score(seeds.map((seed) => squareSample(seed)), { mapSize: [2, 1] });
  return scored.map(({ map }) => [...map.data]);
}

describeBackends(
  'the detector of uninformed students',
  () => {
    let bytes: Uint8Array;
    beforeAll(async () => {
      bytes = await fitted();
    });

    it('gives the same bits for the same seed, whatever is kept', async () => {
      expect(Buffer.compare(await fitted({ store: createMemoryStore({ limitBytes: 0 }) }), bytes)).toBe(0);
      const warm = createMemoryStore();
      await fitted({ store: warm });
      expect(Buffer.compare(await fitted({ store: warm }), bytes)).toBe(0);
    });

    it('has students of different starts', () => {
      const { networks } = readModel(bytes, uninformedConfigSchema, () => ['students33']);
      const [first, second] = ['0.conv1.weight', '1.conv1.weight'].map((name) => networks['students33']?.get(name)?.data);
      expect(first).toHaveLength(5 * 5 * 3 * 128);
      expect(first).not.toEqual(second);
    });

    it('ends with the same bits when it is stopped in any field and resumed', async () => {
      let whole: FitReport | undefined;
      const expected = await withFitted({ config: two }, (detector, report) => ((whole = report), detector.toBytes()));
      // One step an epoch, two epochs a field: within the first field, at its end, within the second, at the end.
      for (const stop of fullSuite ? [1, 2, 3, 4] : [1, 3]) {
        const resumeFrom = await stoppedAfter(stop, { config: two });
        await withFitted({ config: two, resumeFrom }, async (detector, { losses }) => {
          expect([stop, Buffer.compare(await detector.toBytes(), expected)]).toEqual([stop, 0]);
          expect(losses).toEqual(whole?.losses);
        });
      }
    });

    it('goes on from a checkpoint of the same teacher only', async () => {
      const config = tinyUninformedConfig({ teachers: { weights: 'pretrained' } });
      const setting = { config, teachers: [seededTeacher(33, 1)] };
      const resumeFrom = await stoppedAfter(1, setting);
      expect(Buffer.compare(await fitted({ ...setting, resumeFrom }), await fitted(setting))).toBe(0);
      await expect(fitted({ config, teachers: [seededTeacher(33, 2)], resumeFrom })).rejects.toThrow(/^checkpoint: belongs to other weights of the network that is learned from; [^\n]+$/);
    });

    it('gives the same bits with helpers', async () => {
      const setting = { validation: squareSource(3, { first: 20 }) };
      const jobs: string[] = [];
      const helpers = helpersHere((job) => jobs.push((job as PartJob).want.join(' ')));
      expect(Buffer.compare(await fitted({ ...setting, helpers }), await fitted(setting))).toBe(0);
      expect(new Set(jobs)).toEqual(new Set(['input map']));

      const detector = await loadDetector(bytes);
      const walk = async (options: Parameters<Detector['scoreSource']>[1]): Promise<ScoredSample[]> => {
        const scored: ScoredSample[] = [];
        for await (const part of detector.scoreSource(squareSource(3, { first: 50 }), options)) scored.push(part);
        return scored;
      };
      const shared = await walk({ helpers });
      expect(shared.map(({ id, map }) => [id, map.data])).toEqual((await walk({})).map(({ id, map }) => [id, map.data]));
      detector.dispose();
    });

    it('scores a file that was loaded as it scored before', async () => {
      const [detector, again] = [await loadDetector(bytes), await uninformedSystem.load(bytes)];
      const samples = [squareSample(100), squareSample(101, 40, true)];
      const [own, other] = [await detector.score(samples), await again.score(samples)];
      expect(other.map(({ map, scores }) => [map.data, scores])).toEqual(own.map(({ map, scores }) => [map.data, scores]));
      expect(own[0]?.map.shape).toEqual([40, 40]);
      expect(Buffer.compare(await again.toBytes(), bytes)).toBe(0);
      expect(modelFacts(bytes)).toMatchObject({ kind: 'uninformed-students', modality: 'rgb' });
      detector.dispose();
      again.dispose();
    });

    it('has scores of mean 0 and deviation 1 on the images held out', async () => {
      const { heldOut, train } = splitOf(one, 5);
      expect([heldOut.length, train.length]).toEqual([2, 3]);
      const known: Record<string, number[][]> = {};
      for (const part of ['error', 'variance', 'both'] as const) {
        const detector = await remade(bytes, part);
        known[part] = await mapsOf(detector, heldOut);
        detector.dispose();
      }
      for (const part of ['error', 'variance']) {
        const values = (known[part] ?? []).flat();
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
        expect(values).toHaveLength(2 * 2);
        expect(mean).toBeCloseTo(0, 4);
        expect(deviation).toBeCloseTo(1, 4);
      }
      const sums = (known['error'] ?? []).map((map, i) => map.map((value, k) => value + (known['variance']?.[i]?.[k] ?? NaN)));
      (known['both'] ?? []).flat().forEach((value, i) => expect(value).toBeCloseTo(sums.flat()[i] as number, 4));
    });

    it('puts fields together by their mean', async () => {
      const seeds = [7, 8];
      const alone: number[][][] = [];
      for (const field of [17, 33]) {
        // A field's draws do not depend on the others.
        const config = tinyUninformedConfig({ teachers: { receptiveFields: [field] } });
        alone.push(await withFitted({ config }, (detector) => mapsOf(detector, seeds)));
      }
      const fused = await withFitted({ config: two }, (detector) => mapsOf(detector, seeds));
      fused.flat().forEach((value, i) => {
        const [a, b] = alone.map((maps) => maps.flat()[i]) as [number, number];
        expect(Math.abs(value - (a + b) / 2)).toBeLessThan(1e-4 * Math.max(1, Math.abs(a), Math.abs(b)));
      });
    });

    it('keeps its number of tensors from step to step', async () => {
      const counts: number[] = [];
      const config = tinyUninformedConfig({ fields: { 33: { epochs: 4 } } });
      await fitted({ config, onProgress: ({ unit }) => void (unit === 'steps' && counts.push(tf.memory().numTensors)) });
      expect(counts).toHaveLength(4);
      expect(new Set(counts.slice(1)).size).toBe(1); // the first step makes the moments
    });

    it('leaves no tensor behind when a fit fails or is stopped, in training or calibration', async () => {
      const detector = await uninformedSystem.create({ config: one });
      const before = tf.memory().numTensors;
      for (const at of ['teacher 33', 'students 33', 'scores 33', 'calibration']) {
        const onProgress = ({ phase }: FitProgress): void => {
          if (phase === at) throw new Error(`failed in ${at}`);
        };
        await expect(detector.fit(squareSource(5), { onProgress })).rejects.toThrow(`failed in ${at}`);
        const controller = new AbortController();
        await expect(detector.fit(squareSource(5), { signal: controller.signal, onProgress: ({ phase }) => phase === at && controller.abort(new Error('stopped')) })).rejects.toThrow('stopped');
        expect([at, tf.memory().numTensors]).toEqual([at, before]);
      }
      detector.dispose();
    });

    it('tells of every phase, and of a batch that was shrunk', async () => {
      const phases: string[] = [];
      await withFitted({ config: two, count: 2, onProgress: ({ phase }) => void (phases.at(-1) === phase || phases.push(phase)) }, (_, report) => {
        expect(phases).toEqual(['images', 'teacher 33', 'students 33', 'scores 33', 'teacher 17', 'students 17', 'scores 17', 'calibration']);
        expect(Object.keys(report.seconds).sort()).toEqual([...phases].sort());
        expect(report.losses.map(({ phase, epoch }) => `${phase} ${epoch}`)).toEqual(['students 33 1', 'students 33 2', 'students 17 1', 'students 17 2']);
        expect(report.notes).toEqual(['1 images are left to train on, fewer than a batch of 2: trained with batches of 1']);
        expect(report.batch).toBe(1);
      });
      const file = await fitted({ config: tinyUninformedConfig({ batch: 4 }) });
      expect(readModel(file, uninformedConfigSchema, () => []).header.training).toMatchObject({ images: 5, batch: 3 });
    });
  },
  trainingBackends,
);

// A patch takes the cpu backend seconds.
describeBackends(
  'the detector of uninformed students, one step',
  () => {
    it('is saved and loaded with equal maps', async () => {
      const config = tinyUninformedConfig({ students: 1, batch: 1, fields: { 33: { epochs: 1 } } });
      await withFitted({ config, count: 2 }, async (detector) => {
        const again = await loadDetector(await detector.toBytes());
        expect(await mapsOf(again, [3])).toEqual(await mapsOf(detector, [3]));
        again.dispose();
      });
    });
  },
  ['cpu'],
);

describeBackends(
  'what the students learn',
  () => {
    it('is what the teacher says', async () => {
      const whole = { window: null, trainStride: 32, epochs: 60 };
      const config = tinyUninformedConfig({ fields: { 33: whole }, students: 1, batch: 4 });
      await withFitted({ config, count: 7 }, (_, { losses }) => {
        expect(losses.at(-1)?.loss).toBeLessThan(0.5 * (losses[0]?.loss ?? 0));
      });
    });
  },
  ['native'],
);

describeBackends(
  'errors of uninformed students',
  () => {
    it('name the teacher that is missing, or of another architecture', async () => {
      const config = tinyUninformedConfig({ teachers: { weights: 'pretrained', receptiveFields: [17, 33] } });
      await expect(uninformedSystem.create({ config })).rejects.toThrow('uninformed-students: expected a teacher with a receptive field of 17, got none');
      await expect(uninformedSystem.create({ config, teachers: [seededTeacher(17, 1)] })).rejects.toThrow('uninformed-students: expected a teacher with a receptive field of 33, got only 17');
      const teacher = seededTeacher(17, 1);
      const other = { ...teacher, descriptor: { ...teacher.descriptor, receptiveField: 65 as const, third: 256 as const } };
      const wide = tinyUninformedConfig({ imageSize: [64, 64], teachers: { weights: 'pretrained', receptiveFields: [65] }, fields: { 65: { window: 65, scoreStride: 32 } } });
      await expect(uninformedSystem.create({ config: wide, teachers: [other] })).rejects.toThrow('teacher17.safetensors: expected a third convolution of 128 channels, has 256');
    });

    it('follow from the teachers that are given', () => {
      const teacher = { ...seededTeacher(17, 1).descriptor, receptiveField: 65 as const, third: 256 as const };
      const given = [seededTeacher(33, 1), { ...seededTeacher(17, 1), descriptor: teacher }];
      expect(uninformedSystem.withTeachers?.(given)).toEqual({ teachers: { receptiveFields: [33, 65], weights: 'pretrained', third: 256 } });
      expect(uninformedSystem.withTeachers?.([seededTeacher(17, 1)])).toEqual({ teachers: { receptiveFields: [17], weights: 'pretrained' } });
      expect(() => uninformedSystem.withBackbone(one, 'resnet18')).toThrow('name their files with --teacher');
    });

    it('refuse fewer images than two, and to score before a fit', async () => {
      await expect(fitted({ count: 1 })).rejects.toThrow('fit: expected at least 2 good images, one of them to hold out, got 1');
      await expect(fitted({ count: 0 })).rejects.toThrow('expected at least 2 good images, one of them to hold out, got 0');
      const detector = await uninformedSystem.create({ config: one });
      await expect(detector.score([squareSample(1)])).rejects.toThrow('uninformed-students: expected a fitted model');
      detector.dispose();
    });
  },
  ['wasm'],
);
