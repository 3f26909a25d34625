import type { OptimizerState, Params, ParamSpecs } from '@blemish/layers';
import { createRandom } from '@blemish/layers';
import type { EpochLoss, FitOptions } from '../detector.js';
import { stepsPerEpoch, trainEpochs, type PhasePosition } from '../train-epochs.js';
import type { AstConfig } from './ast-config.js';
import { createLearner, type Learner } from './learner.js';

/** One network's training. */
export interface NetworkTraining<Batch> {
  readonly phase: 'teacher' | 'student';
  readonly config: AstConfig;
  readonly specs: ParamSpecs;
  /** The network's parameters, replaced by the steps. */
  readonly params: Params;
  readonly epochs: number;
  /** Number of images, and how many a step takes. */
  readonly count: number;
  readonly batch: number;
  readonly from: PhasePosition;
  /** The optimiser's memory at `from`. */
  readonly optimizerState: OptimizerState | undefined;
  /** Reads the images of a step. */
  readonly read: (indices: Int32Array) => Promise<Batch>;
  /** Takes a step; frees the batch. */
  readonly step: (learner: Learner, batch: Batch) => Promise<number>;
  /** Mean losses of finished epochs, to which this adds. */
  readonly losses: EpochLoss[];
  /** Writes a checkpoint of this position. */
  readonly checkpoint: (position: PhasePosition, optimizer: Awaited<ReturnType<Learner['state']>>) => Promise<void>;
  readonly options: Pick<FitOptions, 'onProgress' | 'checkpointSeconds' | 'signal'>;
}

/** Trains one network to its last epoch, with progress, checkpoints and a way out. */
export async function trainNetwork<Batch>(training: NetworkTraining<Batch>): Promise<void> {
  const { phase, config, specs, params, epochs, count, batch, from, optimizerState, read, step, losses, options } = training;
  const { onProgress, checkpointSeconds = 30, signal } = options;
  const learner = createLearner(params, specs, config.optimizer, optimizerState);
  const random = createRandom(config.seed).derive(`order of ${phase}`);
  const perEpoch = stepsPerEpoch(count, batch);
  let saved = performance.now();
  try {
    await trainEpochs({
      epochs,
      count,
      batch,
      from,
      order: (epoch) => random.derive(epoch).permutation(count),
      read,
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
        if (end) losses.push({ phase, epoch, loss: mean });
        const due = end && (position.epoch === epochs || performance.now() - saved >= checkpointSeconds * 1000);
        if (due || signal?.aborted === true) {
          await training.checkpoint(position, await learner.state());
          saved = performance.now();
        }
        signal?.throwIfAborted();
      },
    });
  } finally {
    learner.dispose();
  }
}
