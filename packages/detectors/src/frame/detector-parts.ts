import type { Modality } from '@blemish/depth';
import type { NamedWeights } from '@blemish/features';
import type { HeatScale, ScoredSample, ScoreReduction, Threshold } from '../detector.js';
import type { HelperParts } from '../helpers.js';
import type { FeatureStore, SampleSource, Size } from '../sample.js';
import type { Fitted, StoredFitOptions } from './fit-session.js';
import type { ModelHeader } from './model-file.js';
import type { NetworkArrays, NetworkSpecs, NetworkWeights } from './networks.js';
import type { PartArrays, PartJob } from './part-job.js';
import type { PartTask } from './part-tasks.js';

/** What every system's configuration says, whatever else. */
export interface CommonConfig {
  /** The system's name. */
  readonly kind: string;
  /** Name of the preset it began as. */
  readonly preset: string;
  /** The seed of every draw. */
  readonly seed: number;
  readonly modality: Modality;
  /** Most images in a training step. */
  readonly batch: number;
  readonly score: { readonly reduction: ScoreReduction };
  /** Share of false alarms that the threshold is set for, where good images were kept out of training. */
  readonly falseAlarms: number;
}

/** What a system computes of parts; the frame makes a `Detector` of it, with its calibration and files. */
export interface DetectorParts<Raw = unknown> {
  readonly config: CommonConfig;
  /** Size that images are brought to; undefined where none are looked at. */
  readonly inputSize: Size | undefined;
  /** Pixels of a part, by which it is decided whether helpers are worth calling. */
  readonly pixels: number;
  /** The networks that learn, as model files name them. */
  readonly networks: NetworkSpecs;
  /** The backbone's name, the hash of its weights, and these; absent where no images are looked at. */
  readonly backbone: { readonly name: string; readonly hash: string; readonly weights: NamedWeights } | undefined;
  /** Trains on good images. */
  fit(samples: SampleSource, options: StoredFitOptions): Promise<Fitted>;
  /** What maps and scores are made of, for each part of a source. */
  rawTask(weights: NetworkWeights, samples: SampleSource, store: FeatureStore | undefined): PartTask<Raw>;
  /** Scores and map of a part. */
  score(id: string, raw: Raw, mapSize: Size): ScoredSample;
  /** The values of a good part's map that tell where good ends. */
  heatOf(raw: Raw): Float32Array;
  /** Frees what scoring made of weights, where it keeps something: called when these are given up. */
  forget?(): void;
  /** Frees the frozen parts. */
  dispose(): void;
}

/** What a helper needs to know of a detector: it builds the same parts of it. */
export interface DetectorHelperParts extends HelperParts {
  readonly config: unknown;
  readonly backbone: NamedWeights | undefined;
  /** The networks that jobs will take. */
  readonly networks: NetworkArrays;
}

/** Does jobs in a helper's thread. */
export interface PartWorker {
  readonly networks: NetworkSpecs;
  work(weights: NetworkWeights, job: PartJob): Promise<PartArrays>;
  dispose(): void;
}

/** What good images tell about a trained model. */
export interface Calibration {
  readonly heatScale: HeatScale;
  /** Undefined where no good images were kept out of training. */
  readonly threshold: Threshold | undefined;
}

/** What a fitted detector knows beside its parts. */
export interface FittedModel extends Calibration {
  readonly weights: NetworkWeights;
  readonly training: ModelHeader['training'];
  readonly source?: ModelHeader['source'];
}
