import type { LabeledFile } from '@blemish/datasets';
import type { Detector, FeatureStore, Helpers, SampleSource, Size } from '@blemish/detectors';
import { encodeFloatTiff } from '@blemish/images';
import { runFiles, toCsv } from '@blemish/storage';
import { gatherMetrics } from './gather-metrics.js';
import { groundTruth } from './ground-truth.js';
import { mapFile } from './map-file.js';
import { ofFile } from './of-file.js';
import type { RunMetrics } from './run-metrics.js';
import { sizeOfMap } from './size-of-map.js';
import type { Terminal } from './terminal.js';

/** What an evaluation needs. */
export interface EvaluationPlan {
  readonly detector: Detector;
  readonly source: SampleSource;
  /** The files behind `source`, in its order. */
  readonly files: readonly LabeledFile[];
  readonly store?: FeatureStore | undefined;
  readonly helpers?: Helpers | undefined;
  /** Edge of the square maps that are compared; default: each ground truth's own size. */
  readonly evalSize?: number | undefined;
  /** The category below which maps are written; none are where absent. */
  readonly mapCategory: string | undefined;
  /** Writes one file of the result. */
  readonly write: (name: string, data: Uint8Array | string) => Promise<void>;
  readonly terminal: Terminal;
  readonly signal?: AbortSignal | undefined;
}

/** The result of an evaluation, as metrics.json holds it. */
export interface Evaluation extends RunMetrics {
  /** How many images; `masked` of the defective ones have a mask, and the pixel metrics leave out those that have none. */
  readonly images: { readonly good: number; readonly defective: number; readonly masked: number };
  readonly seconds: number;
}

/** Scores every test image, writes scores.csv and the maps, and computes the metrics that the data allow. */
export async function evaluate(plan: EvaluationPlan): Promise<Evaluation> {
  const { detector, source, files, store, helpers, evalSize, mapCategory, write, terminal, signal } = plan;
  const start = performance.now();
  const defective = files.filter(({ label }) => label === 1);
  const masked = defective.filter(({ maskPath }) => maskPath !== undefined).length;
  const mapSize: Size | undefined = evalSize === undefined ? undefined : [evalSize, evalSize];
  const truth = groundTruth();
  const gathered = gatherMetrics(files);
  const { images } = gathered;
  const stage = terminal.stage('test', 'images');
  try {
    for await (const { scores, map } of detector.scoreSource(source, { store, helpers, mapSize, signal })) {
      const file = files[images.length] as LabeledFile;
      const shape = sizeOfMap(map);
      gathered.add(file, { scores, map }, await truth(file, shape));
      if (mapCategory !== undefined) await write(mapFile(mapCategory, file.id), encodeFloatTiff(map.data, shape));
      stage.update(images.length, files.length);
    }
  } catch (error) {
    throw ofFile(error, files.slice(images.length, images.length + 1));
  } finally {
    stage.end();
  }

  const columns = ['image', 'defect', 'label', 'score', 'score_mean', 'score_max'] as const;
  const rows = images.map(({ id, defect, label, scores }) => ({
    image: id,
    defect,
    label,
    score: scores[detector.reduction],
    score_mean: scores.mean,
    score_max: scores.max,
  }));
  await write(runFiles.scores, toCsv(columns, rows));
  return {
    ...gathered.metrics(detector.reduction),
    images: { good: files.length - defective.length, defective: defective.length, masked },
    seconds: (performance.now() - start) / 1000,
  };
}
