import * as tf from '@tensorflow/tfjs-core';
import type { NdArray } from 'ndarray';
import { describeBackends } from '@blemish-tools/jest';
import { startEngine } from '@blemish/engine/node';
import { createBackbone, seededWeights } from '@blemish/features';
import type { FitOptions, FitProgress, ScoredSample, ScoreSourceOptions } from '../detector.js';
import { writeModel } from '../frame/model-file.js';
import type { PartJob } from '../frame/part-job.js';
import { createMemoryStore } from '../memory-store.js';
import { helpersHere } from '../testing/helpers-here.js';
import { squareSample, squareSource, tinyAstConfig } from '../testing/tiny-ast.js';
import { modelFacts } from '../systems.js';
import type { AstConfig } from './ast-config.js';
import { resolveAstConfig } from './resolve-ast-config.js';
import { createAst, importAst, loadAst, readAstModel } from './create-ast.js';

const config = tinyAstConfig();

/** Fits the tiny model and returns its file. */
async function fitted(options: Parameters<Awaited<ReturnType<typeof createAst>>['fit']>[1] = {}, count = 5): Promise<Uint8Array> {
  const detector = await createAst({ config });
  try {
    await detector.fit(squareSource(count), options);
    return await detector.toBytes();
  } finally {
    detector.dispose();
  }
}

describeBackends('the AST detector', (backend) => {
  let bytes: Uint8Array;
  beforeAll(async () => {
    bytes = await fitted();
  });

  it('gives the same bits for the same seed', async () => {
    expect(Buffer.compare(await fitted(), bytes)).toBe(0);
  });

  it('gives the same bits whatever is kept', async () => {
    const forgetful = createMemoryStore({ limitBytes: 0 });
    expect(Buffer.compare(await fitted({ store: forgetful }), bytes)).toBe(0);
    const warm = createMemoryStore();
    await fitted({ store: warm });
    expect(Buffer.compare(await fitted({ store: warm, scratch: createMemoryStore() }), bytes)).toBe(0);
  });

  it('decodes an image once when its features are kept', async () => {
    const detector = await createAst({ config });
    const source = squareSource(5);
    await detector.fit(source);
    expect(source.loads).toBe(5);
    detector.dispose();
  });

  it('ends with the same bits when it is stopped after any step and resumed', async () => {
    // The cpu backend is slow: the first and last step of each phase stand for all.
    const stops = backend === 'cpu' ? [1, 4, 5, 8] : [1, 2, 3, 4, 5, 6, 7, 8];
    let steps = 0;
    await fitted({ onProgress: ({ unit }) => void (steps += unit === 'steps' ? 1 : 0) });
    expect(steps).toBe(8);
    for (const stop of stops) {
      const controller = new AbortController();
      let taken = 0;
      let checkpoint: Uint8Array | undefined;
      const stopped = fitted({
        signal: controller.signal,
        onProgress: ({ unit }) => {
          if (unit === 'steps' && ++taken === stop) controller.abort(new Error('stopped'));
        },
        onCheckpoint: (state) => void (checkpoint = state),
      });
      await expect(stopped).rejects.toThrow('stopped');
      expect(Buffer.compare(await fitted({ resumeFrom: checkpoint as Uint8Array }), bytes)).toBe(0);
    }
  });

  it('keeps its number of tensors from step to step', async () => {
    const counts: number[] = [];
    await fitted({ onProgress: ({ unit }) => void (unit === 'steps' && counts.push(tf.memory().numTensors)) });
    // within a phase, from the second step on (the first makes the moments)
    expect(new Set(counts.slice(1, 4)).size).toBe(1);
    expect(new Set(counts.slice(5, 8)).size).toBe(1);
  });

  it('gives the same bits with helpers', async () => {
    const whole = { store: createMemoryStore(), validation: squareSource(3, { first: 20 }) };
    const jobs: string[] = [];
    const helpers = helpersHere((job) => jobs.push((job as PartJob).want.join(' ')));
    expect(Buffer.compare(await fitted({ ...whole, store: createMemoryStore(), helpers }), await fitted(whole))).toBe(0);
    expect(new Set(jobs)).toEqual(new Set(['features', 'teacherOutput', 'features distance']));

    const detector = await loadAst(bytes);
    const walk = async (options: ScoreSourceOptions): Promise<ScoredSample[]> => {
      const scored: ScoredSample[] = [];
      for await (const one of detector.scoreSource(squareSource(6, { first: 50 }), options)) scored.push(one);
      return scored;
    };
    const progress: number[] = [];
    const shared = await walk({ helpers, onProgress: (done) => progress.push(done) });
    expect(shared.map(({ id, map }) => [id, map.data])).toEqual((await walk({})).map(({ id, map }) => [id, map.data]));
    expect(progress).toEqual([1, 2, 3, 4, 5, 6]);
    detector.dispose();
  });

  it('scores a file that was loaded as it scored before, and defects higher than good parts', async () => {
    const detector = await loadAst(bytes);
    const again = await loadAst(await detector.toBytes());
    const samples = [squareSample(100), squareSample(101, 40, true)];
    const [good, bad] = (await detector.score(samples)) as [ScoredSample, ScoredSample];
    expect(bad.score).toBeGreaterThan(good.score);
    expect(good.map.shape).toEqual([40, 40]);
    const repeated = await again.score(samples);
    expect(repeated.map(({ map }) => map.data)).toEqual([good.map.data, bad.map.data]);
    detector.dispose();
    again.dispose();
  });

  it('keeps what a file says about its samples, and knows no more about it', async () => {
    expect(modelFacts(bytes).source).toBeUndefined();
    const detector = await loadAst(bytes);
    const told = await detector.toBytes({ source: { unit: 'mm', scale: 0.5 } });
    const again = await loadAst(told);
    expect(modelFacts(await again.toBytes())).toMatchObject({ modality: 'rgb', depth: null, source: { unit: 'mm', scale: 0.5 } });
    detector.dispose();
    again.dispose();
  });

  it('takes the networks of a checkpoint, and good images for its heat scale', async () => {
    const { teacher = new Map(), student = new Map() } = readAstModel(bytes).networks;
    const detector = await importAst({ config, teacher, student }, squareSource(5));
    const trained = await loadAst(bytes);
    expect(detector.heatScale).toEqual(trained.heatScale);
    const samples = [squareSample(70)];
    const [own, other] = [await trained.score(samples), await detector.score(samples)];
    expect(other.map(({ map }) => map.data)).toEqual(own.map(({ map }) => map.data));
    expect(readAstModel(await detector.toBytes()).header.training).toBeNull();
    await expect(importAst({ config, teacher: student, student }, squareSource(5))).rejects.toThrow('official checkpoint, teacher: missing');
    detector.dispose();
    trained.dispose();
  });

  it('scores an image equally alone, in a batch and from a source, and whatever map size is asked for', async () => {
    const detector = await loadAst(bytes);
    const source = squareSource(3, { first: 50 });
    const batch = await detector.score([squareSample(50), squareSample(51), squareSample(52)]);
    const walked: ScoredSample[] = [];
    for await (const scored of detector.scoreSource(source, { mapSize: [9, 7], store: createMemoryStore() })) walked.push(scored);
    expect(walked.map(({ scores }) => scores)).toEqual(batch.map(({ scores }) => scores));
    expect(walked[0]?.map.shape).toEqual([9, 7]);
    const [alone] = await detector.score([squareSample(51)]);
    expect(alone?.map.data).toEqual(batch[1]?.map.data);
    detector.dispose();
  });

  it('takes an image that was resized beforehand, and returns its map at the image’s own size', async () => {
    const detector = await loadAst(bytes);
    const sample = squareSample(60);
    const { resizeBilinear } = await import('@blemish/raster');
    const resized = { ...sample, image: resizeBilinear(sample.image as NdArray<Uint8Array>, [32, 32]), size: [40, 40] as const };
    const [own, ahead] = await detector.score([sample, resized]);
    expect(ahead?.map.data).toEqual(own?.map.data);
    detector.dispose();
  });

  it('counts the seconds before a resume too', async () => {
    const controller = new AbortController();
    let checkpoint: Uint8Array | undefined;
    const stopped = fitted({
      signal: controller.signal,
      onProgress: ({ phase }) => phase === 'student' && controller.abort(new Error('stopped')),
      onCheckpoint: (state) => void (checkpoint = state),
    });
    await expect(stopped).rejects.toThrow('stopped');
    const detector = await createAst({ config });
    const { seconds } = await detector.fit(squareSource(5), { resumeFrom: checkpoint as Uint8Array });
    expect(seconds.teacher).toBeGreaterThan(0);
    expect(Object.keys(seconds).sort()).toEqual(['calibration', 'features', 'student', 'teacher', 'teacher outputs']);
    detector.dispose();
  });

  it('reports progress of every phase and a loss for every epoch', async () => {
    const phases: FitProgress['phase'][] = [];
    const detector = await createAst({ config });
    const { losses, notes } = await detector.fit(squareSource(5), {
      onProgress: ({ phase }) => void (phases.at(-1) === phase || phases.push(phase)),
    });
    expect(phases).toEqual(['features', 'teacher', 'teacher outputs', 'student', 'calibration']);
    expect(losses.map(({ phase, epoch }) => `${phase} ${epoch}`)).toEqual(['teacher 1', 'teacher 2', 'student 1', 'student 2']);
    expect(losses.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    expect(notes).toEqual([]);
    detector.dispose();
  });

  it('trains on fewer images than a batch, and says so', async () => {
    const detector = await createAst({ config });
    const { batch, notes } = await detector.fit(squareSource(1));
    expect(batch).toBe(1);
    expect(notes).toEqual(['1 images are fewer than a batch of 2: trained with batches of 1']);
    detector.dispose();
  });

  it('has a threshold only where good images were kept out of training', async () => {
    const detector = await createAst({ config });
    await detector.fit(squareSource(5));
    expect(detector.threshold).toBeUndefined();
    await detector.fit(squareSource(5), { validation: squareSource(4, { first: 20 }) });
    expect(detector.threshold).toMatchObject({ reduction: 'max', images: 4, falseAlarms: 1 / 5 });
    detector.dispose();
  });
});

describeBackends(
  'errors of the AST detector',
  () => {
    it('refuses to train on nothing, and to score before it is fitted', async () => {
      const detector = await createAst({ config });
      await expect(detector.fit(squareSource(0))).rejects.toThrow('expected at least 1 good image, got none');
      await expect(detector.score([squareSample(1)])).rejects.toThrow('expected a fitted model');
      detector.dispose();
    });

    it('refuses a checkpoint of other images or another configuration', async () => {
      let checkpoint: Uint8Array | undefined;
      await fitted({ onCheckpoint: (state) => void (checkpoint ??= state) });
      const resumeFrom = checkpoint as Uint8Array;
      await expect(fitted({ resumeFrom }, 6)).rejects.toThrow('belongs to other training images');
      const other = await createAst({ config: { ...config, seed: 1 } });
      await expect(other.fit(squareSource(5), { resumeFrom })).rejects.toThrow('belongs to another configuration');
      other.dispose();
    });

    it('refuses a checkpoint of another backbone', async () => {
      const pretrained: AstConfig = { ...config, backbone: config.backbone && { ...config.backbone, weights: 'pretrained' } };
      const fit = async (seed: number, options: FitOptions): Promise<void> => {
        const { weights } = seededWeights(createBackbone(pretrained.backbone?.name ?? '', pretrained.backbone?.tap ?? 0), seed);
        const detector = await createAst({ config: pretrained, backboneWeights: weights });
        await detector.fit(squareSource(3), options).finally(() => detector.dispose());
      };
      let checkpoint: Uint8Array | undefined;
      await fit(1, { onCheckpoint: (state) => void (checkpoint ??= state) });
      const resumeFrom = checkpoint as Uint8Array;
      await fit(1, { resumeFrom });
      await expect(fit(2, { resumeFrom })).rejects.toThrow(/^checkpoint: belongs to other weights of the network that is learned from; [^\n]+$/);
    });

    it('refuses a tap that the network has not', () => {
      const resolve = (name: string, tap: unknown): unknown => resolveAstConfig('smoke', { backbone: { name, tap } });
      expect(() => resolve('resnet18', 4)).toThrow("configuration 'backbone.tap': expected a level such as layer3 for resnet18, got 4");
      expect(() => resolve('efficientnet-b0', 'layer3')).toThrow("configuration 'backbone.tap': expected the number of a block for efficientnet-b0, got layer3");
      expect(() => resolve('descriptor33', 'layer3')).toThrow("configuration 'backbone.tap': expected a number of pixels for descriptor33, got layer3");
      expect(() => resolve('descriptor33', 24)).toThrow("configuration 'backbone.tap': expected a divisor of the image's 128x128 pixels for descriptor33, got 24");
      expect(() => resolve('descriptor33', 0)).toThrow("configuration 'backbone.tap': expected a divisor of the image's 128x128 pixels for descriptor33, got 0");
    });

    it('names the backbone that a file without it needs, and refuses another one', async () => {
      const detector = await createAst({ config });
      await detector.fit(squareSource(2));
      const whole = await detector.toBytes();
      const slim = await detector.toBytes({ backbone: false });
      expect(slim.length).toBeLessThan(whole.length);
      (await loadAst(slim)).dispose(); // a seeded backbone is drawn again
      detector.dispose();
    });

    it('refuses a checkpoint of another engine, which would go on with other bits', async () => {
      let checkpoint: Uint8Array | undefined;
      await fitted({ onCheckpoint: (state) => void (checkpoint ??= state) });
      await startEngine({ backend: 'cpu' });
      await expect(fitted({ resumeFrom: checkpoint as Uint8Array })).rejects.toThrow(/was made on wasm, .*, this is cpu, /);
      await startEngine({ backend: 'wasm' });
    });

    it('names an image whose distances are not finite', async () => {
      const broken = readAstModel(await fitted());
      for (const { data } of broken.networks['student']?.values() ?? []) (data as Float32Array).fill(NaN);
      const detector = await loadAst(writeModel(broken));
      await expect(detector.score([squareSample(1)])).rejects.toThrow('good/1: its distances are not finite');
      detector.dispose();
    });

    it('refuses what is no model', async () => {
      const bytes = await fitted();
      await expect(loadAst(bytes.subarray(0, 100), { name: 'a.safetensors' })).rejects.toThrow(/^a\.safetensors: /);
      await expect(loadAst(new Uint8Array(3), { name: 'a.safetensors' })).rejects.toThrow(/^a\.safetensors: /);
    });
  },
  ['wasm'],
);
