import type { Baseline, BaselineOptions } from './baseline.js';
import { createMeanDifference } from './mean-difference.js';
import { createNearestNeighbour } from './nearest-neighbour.js';

/** Names of the baselines that models are measured against. */
export const baselineNames = ['mean difference', 'nearest pixel', 'nearest image'] as const;

/** Name of a baseline. */
export type BaselineName = (typeof baselineNames)[number];

const makers: Readonly<Record<BaselineName, (options: BaselineOptions) => Baseline>> = {
  'mean difference': createMeanDifference,
  'nearest pixel': (options) => createNearestNeighbour({ ...options, by: 'pixel' }),
  'nearest image': (options) => createNearestNeighbour({ ...options, by: 'image' }),
};

/** A baseline without a good image yet. */
export function createBaseline(name: BaselineName, options: BaselineOptions): Baseline {
  return makers[name](options);
}

/** One value for each baseline, under its name. */
export function ofEachBaseline<T>(make: (name: BaselineName) => T): Readonly<Record<BaselineName, T>> {
  return Object.fromEntries(baselineNames.map((name) => [name, make(name)])) as Record<BaselineName, T>;
}
