import type { NamedWeights } from '@blemish/features';
import type { OptimizerState, Params } from '@blemish/layers';
import { paramsToArrays } from '@blemish/layers';
import { engineName } from '../engine-name.js';
import { contentHash } from '../content-hash.js';
import type { EpochLoss, FitOptions, FitPhase } from '../detector.js';
import type { FeatureExtractor } from '../extract-features.js';
import { inOrder } from '../in-order.js';
import type { FeatureStore, SampleSource } from '../sample.js';
import { phaseStart, type PhasePosition } from '../train-epochs.js';
import { readAstCheckpoint, writeAstCheckpoint, type AstCheckpoint } from './ast-checkpoint.js';
import type { AstConfig } from './ast-config.js';
import { callHelpers } from './ast-helper.js';
import type { AstInput } from './ast-input.js';
import type { AstNetworks } from './ast-networks.js';
import { inputsTask, type AstTask } from './ast-tasks.js';
import type { DepthEncoder } from './depth-encoder.js';

/** The parts of an AST detector that training does not change. */
export interface AstParts {
  readonly config: AstConfig;
  /** Absent where no images are looked at. */
  readonly extractor: FeatureExtractor | undefined;
  /** Absent where no depth maps are looked at. */
  readonly depth: DepthEncoder | undefined;
  /** Shape of what the networks take `[h,w,C]`: the backbone's channels, then the depth map's. */
  readonly shape: readonly [number, number, number];
  readonly networks: AstNetworks;
  /** The backbone's weights, as files keep them. */
  readonly backboneWeights: NamedWeights | undefined;
}

/** Weights of both networks; whoever got them disposes them. */
export interface AstWeights {
  readonly teacher: Params;
  readonly student: Params;
}

/** Fit options once a store is chosen. */
export type AstFitOptions = FitOptions & { readonly store: FeatureStore };

/** One fit: what its phases share. */
export interface AstSession extends AstParts {
  readonly samples: SampleSource;
  readonly options: AstFitOptions;
  /** Images a step takes. */
  readonly batch: number;
  /** The checkpoint it goes on from. */
  readonly resumed: AstCheckpoint | undefined;
  /** Mean losses of all epochs so far. */
  readonly losses: EpochLoss[];
  /** Seconds of each phase. */
  readonly seconds: Partial<Record<FitPhase, number>>;
  /** What both networks take. */
  readonly inputs: AstTask<AstInput>;
  /** Runs a phase and notes its time. */
  timed<T>(phase: FitPhase, work: () => Promise<T>): Promise<T>;
  /** Computes a value for every image, with progress and a way out; `weights` are those that the task takes. */
  eachImage(phase: FitPhase, task: AstTask<unknown>, weights: Partial<AstWeights>): Promise<void>;
  /** Where a phase begins: at the checkpoint, where that belongs to it. */
  begin(phase: EpochLoss['phase']): { readonly from: PhasePosition; readonly optimizerState: OptimizerState | undefined };
  /** Hands a checkpoint to the caller. */
  checkpoint(phase: EpochLoss['phase'], weights: AstWeights, position: PhasePosition, optimizer: OptimizerState): Promise<void>;
}

/**
 * Opens a fit.
 *
 * @throws Error without images, or for a checkpoint that belongs to another run
 */
export async function openAstSession(parts: AstParts, samples: SampleSource, options: AstFitOptions): Promise<AstSession> {
  const { config, networks } = parts;
  const { store, onProgress, onCheckpoint, resumeFrom, signal, helpers } = options;
  const count = samples.length;
  if (count === 0) throw new Error('fit: expected at least 1 good image, got none');
  const keys: string[] = [];
  for (let index = 0; index < count; index++) {
    signal?.throwIfAborted();
    keys.push(await samples.contentKey(index)); // one at a time: each may keep a file open
  }
  const data = await contentHash(keys.join(' '));
  const identity = { config, data, engine: engineName() };
  const resumed = resumeFrom === undefined ? undefined : readAstCheckpoint(resumeFrom, identity);
  const losses: EpochLoss[] = [...(resumed?.header.losses ?? [])];
  const seconds: Partial<Record<FitPhase, number>> = { ...resumed?.header.seconds };
  let running: { readonly phase: FitPhase; readonly start: number; readonly before: number } | undefined;

  /** Brings the running phase's time up to now. */
  function countSeconds(): void {
    if (running !== undefined) seconds[running.phase] = running.before + (performance.now() - running.start) / 1000;
  }

  return {
    ...parts,
    samples,
    options,
    batch: Math.min(config.batch, count),
    resumed,
    losses,
    seconds,
    inputs: inputsTask(parts, samples, store),
    async timed(phase, work) {
      running = { phase, start: performance.now(), before: seconds[phase] ?? 0 };
      const result = await work();
      countSeconds();
      running = undefined;
      return result;
    },
    async eachImage(phase, task, weights) {
      let done = 0;
      for await (const value of inOrder(task, { images: Array.from({ length: count }, (_, i) => i), open: callHelpers(helpers, parts, weights, count), signal })) {
        void value; // what is to be kept is in a store
        onProgress?.({ phase, done: ++done, total: count, unit: 'images' });
      }
    },
    begin(phase) {
      if (resumed?.header.phase !== phase) return { from: phaseStart, optimizerState: undefined };
      const { position, optimizerSteps } = resumed.header;
      return { from: position, optimizerState: { steps: optimizerSteps, arrays: resumed.optimizer } };
    },
    async checkpoint(phase, weights, position, optimizer) {
      countSeconds();
      await onCheckpoint?.(
        writeAstCheckpoint({
          header: { ...identity, phase, position, optimizerSteps: optimizer.steps, seconds, losses },
          teacher: await paramsToArrays(weights.teacher, networks.teacher.specs),
          student: phase === 'student' ? await paramsToArrays(weights.student, networks.student.specs) : undefined,
          optimizer: optimizer.arrays as AstCheckpoint['optimizer'],
        }),
      );
    },
  };
}
