import type { Optimizer, Params, ParamSpecs } from '@blemish/layers';
import { createRandom } from '@blemish/layers';
import type { FitSession } from './fit-session.js';
import { createLearner, type Learner } from './learner.js';
import { stepsPerEpoch, trainEpochs } from './train-epochs.js';

/** One network's training. */
export interface NetworkTraining<Batch> {
  readonly session: Pick<FitSession, 'samples' | 'options' | 'batch' | 'losses' | 'begin' | 'checkpoint'>;
  /** Its name in progress, losses and checkpoints. */
  readonly phase: string;
  /** Seed of the order of images. */
  readonly seed: number;
  readonly optimizer: Optimizer;
  readonly specs: ParamSpecs;
  /** The network's parameters, replaced by the steps. */
  readonly params: Params;
  readonly epochs: number;
  /** The images trained on, as indices of the session's, as many as the plan says. Default: all. */
  readonly images?: readonly number[];
  /** Whether an epoch ends with an incomplete batch, where images are left over. Default false. */
  readonly keepIncomplete?: boolean;
  /** Reads the images of a step, the `step`-th of all epochs. */
  readonly read: (images: Int32Array, step: number) => Promise<Batch>;
  /** Takes a step; frees the batch. */
  readonly step: (learner: Learner, batch: Batch) => Promise<number>;
  /** Called at the end of every epoch, counted from 1, before its checkpoint. */
  readonly afterEpoch?: (epoch: number) => Promise<void>;
}

/** Trains one network to its last epoch, with progress, checkpoints and a way out. */
export async function trainNetwork<Batch>(training: NetworkTraining<Batch>): Promise<void> {
  const { session, phase, seed, optimizer, specs, params, epochs, read, step, afterEpoch, keepIncomplete = false } = training;
  const { samples, options, losses, batch } = session;
  const { onProgress, checkpointSeconds = 30, signal } = options;
  const images = training.images ?? Array.from({ length: samples.length }, (_, index) => index);
  const count = images.length;
  const { from, optimizerState } = session.begin(phase);
  const learner = createLearner(params, specs, optimizer, optimizerState);
  const random = createRandom(seed).derive(`order of ${phase}`);
  const perEpoch = stepsPerEpoch(count, batch, keepIncomplete);
  let saved = performance.now();
  try {
    await trainEpochs({
      epochs,
      count,
      batch,
      keepIncomplete,
      from,
      order: (epoch) => random.derive(epoch).permutation(count),
      read: (chosen, epoch, index) => read(chosen.map((position) => images[position] as number), epoch * perEpoch + index),
      step: (data) => step(learner, data),
      async after(position, mean, end) {
        const epoch = end ? position.epoch : position.epoch + 1; // counted from 1
        onProgress?.({
          phase,
          done: position.epoch * perEpoch + position.step,
          total: epochs * perEpoch,
          unit: 'steps',
          epoch,
          epochs,
          loss: mean,
        });
        if (end) {
          losses.push({ phase, epoch, loss: mean });
          await afterEpoch?.(epoch);
        }
        const due = end && (position.epoch === epochs || performance.now() - saved >= checkpointSeconds * 1000);
        if (due || signal?.aborted === true) {
          await session.checkpoint(phase, position, await learner.state());
          saved = performance.now();
        }
        signal?.throwIfAborted();
      },
    });
  } finally {
    learner.dispose();
  }
}
