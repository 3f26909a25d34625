import { join } from 'node:path';
import type { Dataset } from '@blemish/datasets';
import type { Detector, FeatureStore, Helpers } from '@blemish/detectors';
import { hashFile, runFiles, writeAtomic } from '@blemish/storage';
import { chanceNote } from './chance-note.js';
import { describeMetrics } from './describe-metrics.js';
import { evaluate } from './evaluate-model.js';
import type { DepthUnits } from './depth-units.js';
import { mapFolder } from './map-file.js';
import { metricsRecord } from './metrics-record.js';
import { openSource } from './open-source.js';
import type { RunMetrics } from './run-metrics.js';
import type { Terminal } from './terminal.js';
import { withCleanup } from './with-cleanup.js';

/** Which model is evaluated on what, and where the result goes. */
export interface EvaluationTarget {
  readonly detector: Detector;
  readonly dataset: Dataset;
  /** What its depth files are written in. */
  readonly units: DepthUnits;
  readonly modelFile: string;
  readonly folder: string;
  readonly store?: FeatureStore | undefined;
  readonly helpers?: Helpers | undefined;
  readonly evalSize?: number | undefined;
  readonly maps: boolean;
  readonly terminal: Terminal;
  readonly signal?: AbortSignal | undefined;
}

/** A result that was written. */
export interface WrittenEvaluation {
  readonly measured: RunMetrics;
  /** What metrics.json holds. */
  readonly metrics: Readonly<Record<string, unknown>>;
  /** The metrics as lines for people. */
  readonly summary: string;
  /** Where the result lies, one line a file or folder. */
  readonly places: readonly string[];
}

/** Evaluates a model and writes metrics.json, scores.csv and the maps. */
export function writeEvaluation(target: EvaluationTarget): Promise<WrittenEvaluation> {
  return withCleanup(async (defer) => {
    const { detector, dataset, modelFile, folder, evalSize } = target;
    const mapCategory = target.maps && evalSize === undefined ? dataset.category : undefined;
    const { images, seconds, ...measured } = await evaluate({
      ...target,
      source: openSource(dataset.test, detector, target.units, defer),
      files: dataset.test,
      mapCategory,
      write: (name, data) => writeAtomic(join(folder, ...name.split('/')), data),
    });
    const chance = chanceNote(measured.values['image_AUROC'], images);
    const notes = [...dataset.notes, ...(chance === undefined ? [] : [chance])];
    const metrics = {
      ...metricsRecord(measured),
      score: detector.reduction,
      map_size: evalSize ?? 'ground truth',
      images,
      dataset: dataset.dataset,
      category: dataset.category,
      ...(notes.length > 0 && { notes }),
      model_sha256: await hashFile(modelFile),
      seconds,
    };
    const file = join(folder, runFiles.metrics);
    await writeAtomic(file, `${JSON.stringify(metrics, null, 2)}\n`);
    if (chance !== undefined) target.terminal.note(`note: ${chance}`);
    return {
      measured,
      metrics,
      summary: describeMetrics(measured.values, measured.missing, evalSize),
      places: [`metrics: ${file}`, ...(mapCategory === undefined ? [] : [`maps:    ${join(folder, mapFolder(mapCategory))}`])],
    };
  });
}
