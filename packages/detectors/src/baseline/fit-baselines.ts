import type { Modality } from '@blemish/depth';
import { upsampleBicubic } from '@blemish/raster';
import ndarray, { type NdArray } from 'ndarray';
import type { ScoreReduction } from '../detector.js';
import { ownSize, type Sample, type SampleSource } from '../sample.js';
import type { Baseline } from './baseline.js';
import { comparedParts, type ComparedPart } from './compared-parts.js';
import { baselineNames, createBaseline, ofEachBaseline, type BaselineName } from './create-baseline.js';

/** What baselines look at. */
export interface FitBaselinesOptions {
  readonly modality: Modality;
  /** Edge, in pixels, at which samples are compared. */
  readonly size: number;
  /** Called after each sample that was looked at; with two modalities each is looked at twice. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops between two samples. */
  readonly signal?: AbortSignal | undefined;
}

/** What one baseline says of a sample. */
export interface BaselineScore {
  readonly baseline: BaselineName;
  /** By either reduction of the map, before it is brought to the sample's size. */
  readonly scores: Readonly<Record<ScoreReduction, number>>;
  /** [H,W], the sample's own size. */
  readonly map: NdArray<Float32Array>;
}

/** All baselines over the same good samples. */
export interface FittedBaselines {
  /** Compares a sample with the good ones, by every baseline. */
  score(sample: Sample): readonly BaselineScore[];
}

/**
 * Shows good samples to every baseline. With image and depth, a baseline's map is the sum of its two, each divided by its typical
 * size: the mean over the good samples of the mean difference's map, so that neither outweighs the other by its unit. Depth counts on
 * the foreground only.
 *
 * Each baseline of nearest neighbours keeps all good samples in memory, as float32.
 *
 * @throws Error where there is no good sample; one naming a sample that lacks what the modality wants, or in which nothing stands out of its table; `signal`'s reason
 */
export async function fitBaselines(good: SampleSource, { modality, size, onProgress, signal }: FitBaselinesOptions): Promise<FittedBaselines> {
  if (good.length === 0) throw new Error('fitBaselines: expected good images to compare with, got none');
  const fitted = ofEachBaseline((): Baseline[] => []); // a model for each part of a sample
  let passes = 1;
  let done = 0;

  /** Goes over the good samples once. */
  async function pass(take: (parts: readonly ComparedPart[]) => void): Promise<void> {
    good.prefetch?.(Array.from({ length: good.length }, (_, index) => index));
    for (let index = 0; index < good.length; index++) {
      signal?.throwIfAborted();
      const parts = comparedParts(await good.load(index), modality, size);
      take(parts);
      passes = parts.length > 1 ? 2 : 1;
      onProgress?.(++done, passes * good.length);
    }
  }

  await pass((parts) => {
    for (const baseline of baselineNames) parts.forEach(({ channels, values }, k) => (fitted[baseline][k] ??= createBaseline(baseline, { channels })).add(values));
  });
  const typical = fitted['mean difference'];
  const weights = typical.map(() => 1);
  if (passes === 2) {
    const sums = weights.map(() => 0);
    await pass((parts) => partMaps(typical, parts).forEach((map, k) => (sums[k] = (sums[k] as number) + mean(map))));
    sums.forEach((sum, k) => (weights[k] = good.length / Math.max(1e-12, sum)));
  }

  return {
    score(sample) {
      const parts = comparedParts(sample, modality, size);
      const own = ownSize(sample);
      return baselineNames.map((baseline) => {
        const map = new Float32Array(size * size);
        partMaps(fitted[baseline], parts).forEach((part, k) => {
          for (let p = 0; p < map.length; p++) map[p] = (map[p] as number) + (weights[k] as number) * (part[p] as number);
        });
        const scores = { max: map.reduce((most, value) => Math.max(most, value), 0), mean: mean(map) };
        return { baseline, scores, map: ndarray(upsampleBicubic(map, [size, size], own), [...own]) };
      });
    },
  };
}

/** A baseline's map of each part, 0 where differences do not count. */
function partMaps(models: readonly Baseline[], parts: readonly ComparedPart[]): Float32Array[] {
  return models.map((model, k) => {
    const { values, foreground } = parts[k] as ComparedPart;
    const map = model.map(values);
    if (foreground) for (let p = 0; p < map.length; p++) if (foreground[p] === 0) map[p] = 0;
    return map;
  });
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
