import type { FitReport } from '@blemish/detectors';
import { formatDuration } from './terminal.js';
import type { WrittenEvaluation } from './write-evaluation.js';

/** What a finished training run shows. */
export interface TrainingSummary {
  /** The run's folder. */
  readonly run: string;
  readonly model: string;
  readonly images: number;
  readonly seconds: FitReport['seconds'];
  readonly evaluation: WrittenEvaluation | undefined;
}

/** A training run as a few lines for people: how good, how long, where everything is, and what to do with it. */
export function describeTraining({ run, model, images, seconds, evaluation }: TrainingSummary): string {
  const total = Object.values(seconds).reduce((sum, part) => sum + part, 0);
  return [
    ...(evaluation === undefined ? [] : [evaluation.summary]),
    `trained on ${images} images in ${formatDuration(total)}`,
    `model:   ${model}`,
    ...(evaluation === undefined ? ['metrics: none, for want of images to test on'] : evaluation.places),
    `use it:  npx blemish predict ${run} IMAGE_OR_FOLDER`,
  ].join('\n');
}
