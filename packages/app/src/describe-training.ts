import { usesDepth, usesImage, type FitReport, type Modality, type Threshold } from '@blemish/detectors';
import { formatDuration } from './terminal.js';
import type { WrittenEvaluation } from './write-evaluation.js';

/** What a finished training run shows. */
export interface TrainingSummary {
  /** The run's folder. */
  readonly run: string;
  readonly model: string;
  /** What the model looks at. */
  readonly modality: Modality;
  readonly images: number;
  readonly seconds: FitReport['seconds'];
  /** Chosen where good images were kept out of training. */
  readonly threshold: Threshold | undefined;
  /** The rate of false alarms that was asked for. */
  readonly falseAlarms: number;
  readonly evaluation: WrittenEvaluation | undefined;
}

/** A training run as a few lines for people: how good, how long, where everything is, and what to do with it. */
export function describeTraining({ run, model, modality, images, seconds, threshold, falseAlarms, evaluation }: TrainingSummary): string {
  const total = Object.values(seconds).reduce((sum, part) => sum + part, 0);
  return [
    ...(evaluation === undefined ? [] : [evaluation.summary]),
    `trained on ${images} images in ${formatDuration(total)}`,
    ...(threshold === undefined ? [] : [describeThreshold(threshold, falseAlarms)]),
    `model:   ${model}`,
    ...(evaluation === undefined ? ['metrics: none, for want of images to test on'] : evaluation.places),
    `use it:  npx blemish predict ${run} ${partsOf(modality)}`,
  ].join('\n');
}

/** What `predict` takes of a part. */
function partsOf(modality: Modality): string {
  return [...(usesImage(modality) ? ['IMAGE_OR_FOLDER'] : []), ...(usesDepth(modality) ? ['--depth CLOUD_OR_FOLDER'] : [])].join(' ');
}

/** What a threshold promises, and what more images would. */
function describeThreshold({ value, falseAlarms, images }: Threshold, wanted: number): string {
  const more = falseAlarms > wanted ? `; ${percent(wanted)} wants ${Math.ceil(1 / wanted) - 1} images kept out` : '';
  return `threshold: ${value.toPrecision(4)}, at most ${percent(falseAlarms)} false alarms, from ${images} good images${more}`;
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
