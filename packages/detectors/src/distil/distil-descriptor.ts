import { createDescriptor, descriptorDecoderSpecs, hashWeights, writeDescriptor, type Backbone, type Descriptor, type NamedWeights } from '@blemish/features';
import { cosineRate, createAdam, createRandom, disposeParams, initParams, paramsFromArrays, paramsToArrays, type Params, type ParamSpecs } from '@blemish/layers';
import { engineName } from '../engine-name.js';
import { createLearner } from '../frame/learner.js';
import type { SampleSource } from '../sample.js';
import { samplesHash } from '../samples-hash.js';
import { readDistilCheckpoint, writeDistilCheckpoint, type DistilCheckpoint, type DistilHeader, type DistilIdentity } from './distil-checkpoint.js';
import type { DistilConfig } from './distil-config.js';
import { distilStep } from './distil-step.js';
import { createDistilTargets, type DistilTargets } from './distil-targets.js';
import { addLosses, meanLosses, noLosses, type LossRecord, type LossValues } from './loss-record.js';
import { createPatchReader } from './patch-reader.js';
import { soon } from './soon.js';

/** How far a distillation is. */
export interface DistilProgress {
  /** Steps taken. */
  readonly done: number;
  readonly total: number;
  /** Mean losses of the steps since the last record. */
  readonly losses: LossValues;
}

/** What is distilled from what, and what is told meanwhile. */
export interface DistilOptions {
  readonly config: DistilConfig;
  /** Natural images, at their own size. */
  readonly samples: SampleSource;
  /** What descriptors shall know: the pooled output of its last tap. */
  readonly backbone: Backbone;
  readonly weights: NamedWeights;
  /** Half precision halves the file and moves a descriptor by about a thousandth. Default `F32`. */
  readonly dtype?: 'F32' | 'F16' | undefined;
  /** What errors call the weights. */
  readonly weightsSource?: string | undefined;
  /** Called after every step. */
  readonly onProgress?: ((progress: DistilProgress) => void) | undefined;
  /** Takes a checkpoint, and the losses so far: every `checkpointSeconds`, and when the signal stops the run. */
  readonly onCheckpoint?: ((bytes: Uint8Array, losses: readonly LossRecord[]) => Promise<void>) | undefined;
  /** Default 30. */
  readonly checkpointSeconds?: number | undefined;
  /** A checkpoint to go on from, with the same bits as a run that was never stopped. */
  readonly resumeFrom?: Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A finished distillation. */
export interface Distilled {
  /** The descriptor file: `readDescriptor` of @blemish/features. */
  readonly bytes: Uint8Array;
  /** Mean losses of every {@link stepsPerRecord} steps. */
  readonly losses: readonly LossRecord[];
  /** Seconds of training, by all processes that worked on it. */
  readonly seconds: number;
}

/** Steps that one record of losses is the mean of. */
export const stepsPerRecord = 20;

/** Batches whose targets give the mean and deviation that targets are normalised by. */
const normalisingBatches = 16;

/**
 * Distils a descriptor network from a backbone on patches of natural images (Bergmann et al., CVPR 2020, section 3.1).
 *
 * @throws Error without images, for weights of another network, a loss that is not finite, a checkpoint of another run; the
 *   signal's reason
 */
export async function distilDescriptor(options: DistilOptions): Promise<Distilled> {
  const { config, samples, backbone, weights, weightsSource, resumeFrom, signal } = options;
  const identity = await identify(options);
  const resumed = resumeFrom === undefined ? undefined : readDistilCheckpoint(resumeFrom, identity);
  const descriptor = createDescriptor({ receptiveField: config.receptiveField, ...(config.third && { third: config.third }) });
  const targets = createDistilTargets(backbone, weights, config.backboneSize, weightsSource);
  const specs: ParamSpecs = { ...descriptor.specs, ...(config.weights.knowledge > 0 && descriptorDecoderSpecs(targets.width)) };
  const read = createPatchReader(samples, config);
  let params: Params = {};
  try {
    params = resumed ? paramsFromArrays(resumed.weights, specs, { source: 'checkpoint' }) : initParams(specs, createRandom(config.seed).derive('weights'));
    if (config.targets === 'normalised' && config.weights.knowledge > 0) {
      const batches: Float32Array[] = [];
      // Batches that no step takes: their numbers are below zero. One after the other: each holds decoded images.
      for (let i = 0; i < normalisingBatches && !stopped(signal); i++) {
        batches.push((await read(-1 - i)).patches);
        await soon();
      }
      if (!stopped(signal)) targets.normalise(batches, config.receptiveField); // a stopped run still leaves a checkpoint, below
    }
    const { losses, seconds } = await train({ options, identity, resumed, descriptor, targets, read, specs, params });
    const provenance = {
      images: samples.length,
      imagesHash: identity.data,
      backbone: backbone.name,
      backboneTap: backbone.spec.taps.at(-1)?.name ?? '',
      backboneHash: identity.backbone.split(' ')[1] ?? '',
      config: JSON.stringify(config),
      engine: identity.engine,
    };
    const bytes = writeDescriptor({ descriptor, weights: await paramsToArrays(params, descriptor.specs), provenance, dtype: options.dtype ?? 'F32' });
    return { bytes, losses, seconds };
  } finally {
    disposeParams(params);
    targets.dispose();
  }
}

/** Names everything that decides the bits. */
async function identify({ config, samples, backbone, weights, weightsSource }: DistilOptions): Promise<DistilIdentity> {
  if (samples.length === 0) throw new Error('distil: expected at least 1 image, got none');
  if (config.weights.triplet > 0 && samples.length < 2) throw new Error('distil: expected at least 2 images, for triplets, got 1');
  const hash = await hashWeights(backbone.select(weights, weightsSource).weights);
  return { config, engine: engineName(), data: await samplesHash(samples, { part: 'image' }), backbone: `${backbone.name} ${hash}` };
}

interface Training {
  readonly options: DistilOptions;
  readonly identity: DistilIdentity;
  readonly resumed: DistilCheckpoint | undefined;
  readonly descriptor: Descriptor;
  readonly targets: DistilTargets;
  readonly read: ReturnType<typeof createPatchReader>;
  readonly specs: ParamSpecs;
  readonly params: Params;
}

/** All steps that are left, with progress, checkpoints and a way out. */
async function train({ options, identity, resumed, descriptor, targets, read, specs, params }: Training): Promise<Pick<Distilled, 'losses' | 'seconds'>> {
  const { config, onProgress, onCheckpoint, checkpointSeconds = 30, signal } = options;
  const { l2, steps } = config;
  const state = resumed && { steps: resumed.header.step, arrays: resumed.optimizer };
  const learner = createLearner(params, specs, createAdam({ learningRate: rateOf(config), l2 }), state);
  const start = performance.now() - 1000 * (resumed?.header.seconds ?? 0);
  const seconds = (): number => (performance.now() - start) / 1000;
  let losses = resumed?.header.losses ?? noLosses;
  let saved = performance.now();

  const readAhead = (step: number): Promise<Awaited<ReturnType<typeof read>>> | undefined => {
    if (step >= steps) return undefined;
    const reading = read(step);
    reading.catch(() => undefined); // awaited a step later; unhandled until then
    return reading;
  };

  /** Hands a checkpoint to the caller after so many steps. */
  async function keep(taken: number): Promise<void> {
    const header: DistilHeader = { ...identity, step: taken, losses: { ...losses, records: [...losses.records] }, seconds: seconds() };
    await onCheckpoint?.(writeDistilCheckpoint(header, await paramsToArrays(params, specs), (await learner.state()).arrays), losses.records);
    saved = performance.now();
  }

  const from = resumed?.header.step ?? 0;
  try {
    await soon();
    if (stopped(signal)) await keep(from); // so that whoever is stopped can always go on
    signal?.throwIfAborted();
    let next = readAhead(from);
    for (let step = from; step < steps; step++) {
      await soon();
      const batch = await next;
      next = readAhead(step + 1);
      if (batch === undefined) throw new Error(`no patches were read for step ${step + 1}`);
      const values = await distilStep({ config, descriptor, targets, params, learner }, batch);
      const taken = step + 1;
      losses = addLosses(losses, values, taken, taken % stepsPerRecord === 0 || taken === steps);
      onProgress?.({ done: taken, total: steps, losses: losses.pending > 0 ? meanLosses(losses) : (losses.records.at(-1) as LossRecord) });
      if (stopped(signal) || (taken < steps && performance.now() - saved >= checkpointSeconds * 1000)) await keep(taken);
      signal?.throwIfAborted();
    }
  } finally {
    learner.dispose();
  }
  return { losses: losses.records, seconds: seconds() };
}

/** Adam's rate, by step where it falls. */
function rateOf({ learningRate, schedule, steps }: DistilConfig): number | ((step: number) => number) {
  return schedule === 'constant' ? learningRate : cosineRate(learningRate, steps);
}

/** Asked anew each time: a signal changes while something is awaited. */
function stopped(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
