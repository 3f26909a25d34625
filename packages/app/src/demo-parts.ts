import { partDefectNames, type PartDefect } from '@blemish/datasets';

/** Parts that `blemish demo` draws. */
export interface DemoParts {
  readonly size: number;
  readonly train: number;
  readonly testGood: number;
  readonly testPerDefect: number;
  readonly defects: readonly PartDefect[];
  /** YAML file of settings that replace the preset's. */
  readonly config?: string;
}

/**
 * As few as show something: drawing, reading and scoring a part take about a tenth of a second each on one core, and all of the demo has to end
 * within three minutes on two.
 */
export const demoParts: DemoParts = {
  size: 256, // the least at which a crack is wider than a pixel of the depth that the preset looks at
  train: 100, // fewer, and neither a small model nor the nearest pixel knows how good parts differ
  testGood: 20, // they are compared with every kind: one more good part at fault costs a kind 5 % AUROC
  testPerDefect: 5, // enough to tell a kind that is found from one that is not, no more
  defects: partDefectNames,
};
