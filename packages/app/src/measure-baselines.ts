import type { Dataset } from '@blemish/datasets';
import { baselineNames, fitBaselines, type BaselineName, type Modality, type ScoreReduction } from '@blemish/detectors';
import type { DepthUnits } from './depth-units.js';
import { gatherMetrics, type GatheredMetrics } from './gather-metrics.js';
import { groundTruth } from './ground-truth.js';
import { ofFile } from './of-file.js';
import { openSource } from './open-source.js';
import type { RunMetrics } from './run-metrics.js';
import { sizeOfMap } from './size-of-map.js';
import type { Terminal } from './terminal.js';
import { withCleanup } from './with-cleanup.js';

/** Edge, in pixels, at which images are compared where nothing else is said: the depth that the `quick` presets look at. */
export const comparisonSize = 192;

/** What baselines are measured on. */
export interface BaselinePlan {
  readonly dataset: Dataset;
  readonly modality: Modality;
  /** Edge, in pixels, at which images are compared. */
  readonly size: number;
  /** What depth files are written in. */
  readonly units: DepthUnits;
  readonly terminal: Terminal;
  readonly signal?: AbortSignal | undefined;
}

/** One baseline's numbers. */
export interface BaselineMetrics extends RunMetrics {
  readonly baseline: BaselineName;
  /** The better one of the two reductions, chosen on the test set, which flatters the baseline. */
  readonly reduction: ScoreReduction;
}

/** Shows every baseline the good images, and measures it on the test images. */
export function measureBaselines({ dataset, modality, size, units, terminal, signal }: BaselinePlan): Promise<readonly BaselineMetrics[]> {
  return withCleanup(async (defer) => {
    const { train, test } = dataset;
    const looksAt = { modality, inputSize: [size, size] as const };
    const stage = terminal.stage(`baselines, ${modality}`, 'images');
    defer(stage.end);
    const good = openSource(train, looksAt, units, defer);
    let total = 0;
    const fit = fitBaselines(good, {
      modality,
      size,
      signal,
      onProgress: (done, all) => {
        total = all + test.length;
        stage.update(done, total);
      },
    });
    const fitted = await fit.catch((error: unknown) => {
      throw ofFile(error, train);
    });

    const source = openSource(test, looksAt, units, defer);
    source.prefetch?.(test.map((_, index) => index));
    const truth = groundTruth();
    const gathered = baselineNames.map((baseline) => ({ baseline, metrics: gatherMetrics(test) }));
    for (const [index, file] of test.entries()) {
      signal?.throwIfAborted();
      const scores = await source.load(index).then(fitted.score).catch((error: unknown) => {
        throw ofFile(error, [file]);
      });
      const [first] = scores; // the maps of all are of one size
      const mask = first && (await truth(file, sizeOfMap(first.map)));
      scores.forEach((score, k) => gathered[k]?.metrics.add(file, score, mask));
      stage.update(total - test.length + index + 1, total);
    }
    return gathered.map(({ baseline, metrics }) => ({ baseline, ...byBetterReduction(metrics) }));
  });
}

function byBetterReduction(gathered: GatheredMetrics): Omit<BaselineMetrics, 'baseline'> {
  const byMax = gathered.metrics('max');
  const { image_AUROC = NaN, image_AUROC_mean = NaN } = byMax.values;
  return image_AUROC_mean > image_AUROC ? { reduction: 'mean', ...gathered.metrics('mean') } : { reduction: 'max', ...byMax };
}
