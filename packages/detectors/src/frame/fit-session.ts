import { createRandom, type FloatArray, type OptimizerState } from '@blemish/layers';
import type { NamedWeights } from '@blemish/features';
import type { EpochLoss, FitOptions, FitPhase, FitReport } from '../detector.js';
import { engineName } from '../engine-name.js';
import type { HelperJob } from '../helpers.js';
import { inOrder, type ImageTask, type InOrderOptions } from '../in-order.js';
import type { FeatureStore, SampleSource } from '../sample.js';
import { samplesHash } from '../samples-hash.js';
import { readCheckpoint, writeCheckpoint, type Checkpoint, type LearningPhase } from './checkpoint.js';
import { disposeNetworks, networkArrays, startingWeights, type NetworkSpecs, type NetworkWeights } from './networks.js';
import { phaseStart, type PhasePosition } from './train-epochs.js';

/** Fit options once a store is chosen. */
export type StoredFitOptions = FitOptions & { readonly store: FeatureStore };

/** What a fit is told by its system. */
export interface FitPlan {
  /** The whole configuration, which a checkpoint is held to. */
  readonly config: { readonly seed: number; readonly batch: number };
  readonly networks: NetworkSpecs;
  /** Weights that nothing learns and no checkpoint holds, by network. */
  readonly given?: Readonly<Record<string, NamedWeights>>;
  /** The phases in which something learns, in their order. */
  readonly phases: readonly LearningPhase[];
  /** Hash of frozen weights that are learned from, which a checkpoint is held to. */
  readonly teacher?: string | undefined;
  /** Images that are trained on, where some are held out. Default: all. */
  readonly trained?: number;
}

/** One fit: what its phases share. */
export interface FitSession {
  readonly samples: SampleSource;
  readonly options: StoredFitOptions;
  /** Images a step takes. */
  readonly batch: number;
  /** Weights of all networks, those of the checkpoint where there is one. */
  readonly weights: NetworkWeights;
  /** Mean losses of all epochs so far. */
  readonly losses: EpochLoss[];
  /** Seconds of each phase. */
  readonly seconds: Record<FitPhase, number>;
  /** Runs a phase and notes its time. */
  timed<T>(phase: FitPhase, work: () => Promise<T>): Promise<T>;
  /** Computes a value for every image, with progress and a way out. */
  eachImage<J extends HelperJob, R extends object, V>(phase: FitPhase, task: ImageTask<J, R, V>, open: InOrderOptions['open'], use?: (value: V, index: number) => void): Promise<void>;
  /** Whether the checkpoint is of a later phase. */
  isOver(phase: string): boolean;
  /** Whether the checkpoint is of this phase. */
  isResumed(phase: string): boolean;
  /** Where a phase begins: at the checkpoint, where that belongs to it. */
  begin(phase: string): { readonly from: PhasePosition; readonly optimizerState: OptimizerState | undefined };
  /** Hands a checkpoint to the caller. */
  checkpoint(phase: string, position: PhasePosition, optimizer?: OptimizerState<FloatArray>): Promise<void>;
}

/**
 * Opens a fit.
 *
 * @throws Error without images, or for a checkpoint that belongs to another run
 */
async function openFitSession({ config, networks, phases, given = {}, teacher, trained }: FitPlan, samples: SampleSource, options: StoredFitOptions): Promise<FitSession> {
  const { onProgress, onCheckpoint, resumeFrom, signal } = options;
  const count = samples.length;
  if (count === 0) throw new Error('fit: expected at least 1 good image, got none');
  const data = await samplesHash(samples, { signal });
  const identity = { config, data, engine: engineName(), ...(teacher !== undefined && { teacher }) };
  const resumed: Checkpoint | undefined = resumeFrom === undefined ? undefined : readCheckpoint(resumeFrom, identity, phases);
  const losses: EpochLoss[] = [...(resumed?.header.losses ?? [])];
  const seconds: Record<FitPhase, number> = { ...resumed?.header.seconds };
  let running: { readonly phase: FitPhase; readonly start: number; readonly before: number } | undefined;
  const orderOf = (phase: string | undefined): number => phases.findIndex(({ name }) => name === phase);
  const weights = startingWeights(networks, createRandom(config.seed).derive('weights'), [
    { source: 'given weights', networks: given },
    { source: 'checkpoint', networks: resumed?.networks ?? {} },
  ]);

  /** Brings the running phase's time up to now. */
  function countSeconds(): void {
    if (running !== undefined) seconds[running.phase] = running.before + (performance.now() - running.start) / 1000;
  }

  return {
    samples,
    options,
    batch: Math.min(config.batch, trained ?? count),
    weights,
    losses,
    seconds,
    async timed(phase, work) {
      running = { phase, start: performance.now(), before: seconds[phase] ?? 0 };
      const result = await work();
      countSeconds();
      running = undefined;
      return result;
    },
    async eachImage(phase, task, open, use) {
      let done = 0;
      for await (const value of inOrder(task, { images: Array.from({ length: count }, (_, i) => i), open, signal })) {
        use?.(value, done); // what is to be kept is in a store
        onProgress?.({ phase, done: ++done, total: count, unit: 'images' });
      }
    },
    isOver: (phase) => orderOf(resumed?.header.phase) > orderOf(phase),
    isResumed: (phase) => resumed?.header.phase === phase,
    begin(phase) {
      if (resumed?.header.phase !== phase) return { from: phaseStart, optimizerState: undefined };
      const { position, optimizerSteps } = resumed.header;
      return { from: position, optimizerState: { steps: optimizerSteps, arrays: resumed.optimizer } };
    },
    async checkpoint(phase, position, optimizer = { steps: 0, arrays: new Map() }) {
      if (onCheckpoint === undefined) return;
      countSeconds();
      const holds = phases.find(({ name }) => name === phase)?.holds ?? [];
      await onCheckpoint(
        writeCheckpoint({
          header: { ...identity, phase, position, optimizerSteps: optimizer.steps, seconds, losses },
          networks: await networkArrays(networks, weights, holds),
          optimizer: optimizer.arrays,
        }),
      );
    },
  };
}

/** Weights that were fitted, owned by the caller, and how it went. */
export interface Fitted {
  readonly weights: NetworkWeights;
  readonly report: FitReport;
}

/**
 * Opens a fit and has it done; frees the weights where it fails.
 *
 * @param work trains `session.weights` and returns remarks for people
 * @throws Error without images, for a checkpoint of another run; whatever `work` throws
 */
export async function runFit(plan: FitPlan, samples: SampleSource, options: StoredFitOptions, work: (session: FitSession) => Promise<readonly string[]>): Promise<Fitted> {
  const session = await openFitSession(plan, samples, options);
  const { batch, weights, losses, seconds } = session;
  const left = batch < samples.length ? 'left to train on, ' : '';
  const notes = batch < plan.config.batch ? [`${batch} images are ${left}fewer than a batch of ${plan.config.batch}: trained with batches of ${batch}`] : [];
  try {
    notes.push(...(await work(session)));
    return { weights, report: { losses, batch, notes, seconds } };
  } catch (error) {
    disposeNetworks(weights);
    throw error;
  }
}
