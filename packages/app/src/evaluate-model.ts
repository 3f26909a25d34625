import { loadMask, type LabeledFile } from '@blemish/datasets';
import type { Detector, FeatureStore, SampleSource, Size } from '@blemish/detectors';
import { encodeFloatTiff } from '@blemish/images';
import type { LabelledMap } from '@blemish/metrics';
import { toCsv } from '@blemish/storage';
import { runMetrics, type RunMetrics, type ScoredImage } from './run-metrics.js';
import type { Terminal } from './terminal.js';

/** What an evaluation needs. */
export interface EvaluationPlan {
  readonly detector: Detector;
  readonly source: SampleSource;
  /** The files behind `source`, in its order. */
  readonly files: readonly LabeledFile[];
  readonly store?: FeatureStore;
  /** Edge of the square maps that are compared; default: each ground truth's own size. */
  readonly evalSize?: number;
  /** Name of the category, a folder of the maps. */
  readonly category: string;
  readonly maps: boolean;
  /** Writes one file of the result. */
  readonly write: (name: string, data: Uint8Array | string) => Promise<void>;
  readonly terminal: Terminal;
  readonly signal?: AbortSignal;
}

/** The result of an evaluation, as metrics.json holds it. */
export interface Evaluation extends RunMetrics {
  readonly images: { readonly good: number; readonly defective: number };
  readonly seconds: number;
}

/**
 * Scores every test image, writes scores.csv and the maps, and computes the metrics. Maps are written at the images' own
 * size only, which is what the official scripts read.
 */
export async function evaluate(plan: EvaluationPlan): Promise<Evaluation> {
  const { detector, source, files, store, evalSize, category, maps, write, terminal, signal } = plan;
  const start = performance.now();
  const images: ScoredImage[] = [];
  const labelled: LabelledMap[] = [];
  let index = 0;
  const stage = terminal.stage('test', 'images');
  try {
    const mapSize: Size | undefined = evalSize === undefined ? undefined : [evalSize, evalSize];
    for await (const scored of detector.scoreSource(source, { store, mapSize, signal })) {
      const file = files[index++] as LabeledFile;
      const { id, defect, label } = file;
      images.push({ id, defect, label, scores: scored.scores });
      const [height, width] = scored.map.shape as [number, number];
      const mask = await maskOf(file, [height, width]);
      if (mask !== undefined) labelled.push({ map: scored.map.data, mask, shape: [height, width] });
      if (maps && evalSize === undefined) await write(`maps/${category}/${id.replace(/\.[^./]+$/, '')}.tiff`, encodeFloatTiff(scored.map.data, [height, width]));
      stage.update(index, files.length);
    }
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
  await write('scores.csv', toCsv(columns, rows));
  const unmasked = images.length - labelled.length;
  const metrics = runMetrics(images, unmasked > 0 ? { missing: `${unmasked} defective images have no mask` } : labelled, detector.reduction);
  const defective = images.filter(({ label }) => label === 1).length;
  return {
    ...metrics,
    images: { good: images.length - defective, defective },
    seconds: (performance.now() - start) / 1000,
  };
}

/** Ground truth at a size: all good where the image is; undefined where a defective image has no mask. */
async function maskOf(file: LabeledFile, shape: Size): Promise<Uint8Array | undefined> {
  if (file.label === 0) return new Uint8Array(shape[0] * shape[1]);
  if (file.maskPath === undefined) return undefined;
  return loadMask(file, shape);
}

