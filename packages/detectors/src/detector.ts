import type { NdArray } from 'ndarray';
import type { Helpers } from './helpers.js';
import type { Modality } from '@blemish/depth';
import type { FeatureStore, Sample, SampleSource, Size } from './sample.js';

/** How an anomaly map becomes the image's score. */
export type ScoreReduction = 'mean' | 'max';

/** A stage of a fit, such as `features`, `teacher`, `student`, `calibration`; which there are is the system's. */
export type FitPhase = string;

/** Where a fit stands. */
export interface FitProgress {
  readonly phase: FitPhase;
  /** Images or training steps of this phase that are done, and how many it has. */
  readonly done: number;
  readonly total: number;
  readonly unit: 'images' | 'steps';
  /** Epoch of a training phase, counted from 1. */
  readonly epoch?: number;
  readonly epochs?: number;
  /** Mean loss over the steps of this epoch so far. */
  readonly loss?: number;
}

/** Mean loss of one finished epoch. */
export interface EpochLoss {
  readonly phase: FitPhase;
  /** Counted from 1. */
  readonly epoch: number;
  readonly loss: number;
}

/** What `fit` takes beside the images. */
export interface FitOptions {
  /** Keeps the backbone's features, between runs too. Default: a bounded store in memory. */
  readonly store?: FeatureStore;
  /** Keeps what belongs to this fit alone, such as a teacher's outputs, and images as networks take them. Default: `store`. */
  readonly scratch?: FeatureStore;
  /** Share the work that concerns one image alone; training steps are not. Default: none. */
  readonly helpers?: Helpers;
  /** Good images that are not trained on: they give the threshold. Without them the model has none. */
  readonly validation?: SampleSource;
  /** Called after every step. */
  readonly onProgress?: (progress: FitProgress) => void;
  /** Called with a complete checkpoint at ends of epochs, at the end of a phase and on abort. */
  readonly onCheckpoint?: (bytes: Uint8Array) => void | Promise<void>;
  /** Least seconds between two checkpoints within a phase; 0 writes one each epoch. Default 30: a crash loses little, writing costs nothing that is felt. */
  readonly checkpointSeconds?: number;
  /** A checkpoint to go on from; the fit then ends with the bits of one that was never stopped. */
  readonly resumeFrom?: Uint8Array;
  /** Stops the fit at the next step, after a checkpoint. */
  readonly signal?: AbortSignal;
}

/** What a fit reports. */
export interface FitReport {
  readonly losses: readonly EpochLoss[];
  /** Images in a training batch; smaller than configured where there are fewer images. */
  readonly batch: number;
  /** Remarks for people, such as a batch that was shrunk. */
  readonly notes: readonly string[];
  /** Seconds spent in each phase, those before a resume included. */
  readonly seconds: Readonly<Record<FitPhase, number>>;
}

/** What `score` returns for one image. */
export interface ScoredSample {
  readonly id: string;
  /** The image's anomaly score, by the model's own reduction. */
  readonly score: number;
  /** The score by either reduction. */
  readonly scores: Readonly<Record<ScoreReduction, number>>;
  /** Anomaly map `[H,W]`, at the image's own size or the size asked for; larger is more anomalous. */
  readonly map: NdArray<Float32Array>;
}

/** What scoring takes beside the images. */
export interface ScoreOptions {
  /** Size of the maps. Default: each image's own. */
  readonly mapSize?: Size;
}

/** What scoring a whole source takes. */
export interface ScoreSourceOptions extends ScoreOptions {
  /** Keeps the backbone's features. Default: nothing is kept. */
  readonly store?: FeatureStore;
  /** Share the work. Default: none. */
  readonly helpers?: Helpers;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** The scale on which heat is shown, from maps of good images: `low` and below is cold, `high` and above hottest. */
export interface HeatScale {
  readonly low: number;
  readonly high: number;
  /** How the two were chosen. */
  readonly from: string;
}

/** A score above `value` is called a defect. */
export interface Threshold {
  readonly value: number;
  readonly reduction: ScoreReduction;
  /** Share of good images that it is expected to call defective. */
  readonly falseAlarms: number;
  /** How many good images, not trained on, it was chosen on. */
  readonly images: number;
}

/** What a model file says about the files of its samples, such as the unit of their lengths: whoever reads them gives it a meaning. */
export type ModelSource = Readonly<Record<string, string | number>>;

/** Options of `toBytes`. */
export interface ModelBytesOptions {
  /** False leaves the backbone's weights out and names them by hash. Default true: one file is the whole model. */
  readonly backbone?: boolean;
  /** How the files of its samples are to be read, kept as it is. Default: what the model was loaded with. */
  readonly source?: ModelSource;
}

/** What the command line, a server and a browser share. It reads no files and needs no Node. */
export interface Detector {
  /** Which system it is, such as `ast`. */
  readonly kind: string;
  /** What it looks at, and so what its samples must hold. */
  readonly modality: Modality;
  /** Size that images are brought to; decoding them at it saves time, not bits. Undefined where none are looked at. */
  readonly inputSize: Size | undefined;
  /** Which reduction gives the image score. */
  readonly reduction: ScoreReduction;
  /** Present once fitted. */
  readonly heatScale: HeatScale | undefined;
  readonly threshold: Threshold | undefined;
  /** Trains on good images. Errors: no images, a loss that is not finite, a checkpoint of another configuration. */
  fit(samples: SampleSource, options?: FitOptions): Promise<FitReport>;
  /** Scores decoded images. */
  score(batch: readonly Sample[], options?: ScoreOptions): Promise<ScoredSample[]>;
  /** Scores a whole source in its order; without helpers one image after the other. */
  scoreSource(samples: SampleSource, options?: ScoreSourceOptions): AsyncGenerator<ScoredSample>;
  /** The model as one safetensors file. */
  toBytes(options?: ModelBytesOptions): Promise<Uint8Array>;
  /** Frees the model's tensors. */
  dispose(): void;
}
