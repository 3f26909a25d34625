import type { DatasetOptions } from './dataset-options.js';
import type { ModelOptions } from './model-options.js';
import type { CommonOptions } from './start.js';

/** Options of `blemish train`. */
export interface TrainOptions extends CommonOptions, DatasetOptions, ModelOptions {
  /** Descriptor files. */
  readonly teacher?: readonly string[];
  readonly holdOut?: number;
  readonly out: string;
  readonly run?: string;
  readonly evalSize?: number;
  readonly maps: boolean;
  readonly cache: boolean;
  readonly resume?: boolean;
  readonly force?: boolean;
}
