import { join } from 'node:path';
import type { Dataset } from '@blemish/datasets';
import type { Detector, FeatureStore } from '@blemish/detectors';
import { hashFile, runFiles, writeAtomic } from '@blemish/storage';
import { describeMetrics } from './describe-metrics.js';
import { evaluate } from './evaluate-model.js';
import { openSource } from './open-source.js';
import type { Terminal } from './terminal.js';
import { withCleanup } from './with-cleanup.js';

/** Which model is evaluated on what, and where the result goes. */
export interface EvaluationTarget {
  readonly detector: Detector;
  readonly dataset: Dataset;
  readonly modelFile: string;
  readonly folder: string;
  readonly store?: FeatureStore;
  readonly evalSize?: number;
  readonly maps: boolean;
  readonly terminal: Terminal;
  readonly signal?: AbortSignal;
}

/** Evaluates a model, writes metrics.json, scores.csv and the maps, and shows the metrics. */
export function writeEvaluation(target: EvaluationTarget): Promise<Record<string, unknown>> {
  return withCleanup(async (defer) => {
    const { detector, dataset, modelFile, folder, evalSize, terminal } = target;
    const { values, missing, images, seconds } = await evaluate({
      ...target,
      source: openSource(dataset.test, detector.inputSize, defer),
      files: dataset.test,
      category: dataset.category,
      write: (name, data) => writeAtomic(join(folder, ...name.split('/')), data),
    });
    const metrics = {
      ...values,
      ...(Object.keys(missing).length > 0 && { missing }),
      score: detector.reduction,
      map_size: evalSize ?? 'ground truth',
      images,
      dataset: dataset.dataset,
      category: dataset.category,
      model_sha256: await hashFile(modelFile),
      seconds,
    };
    await writeAtomic(join(folder, runFiles.metrics), `${JSON.stringify(metrics, null, 2)}\n`);
    terminal.note(describeMetrics(values, missing, evalSize));
    return metrics;
  });
}
