import { chooseHeatScale, chooseThreshold } from '../calibrate.js';
import type { HeatScale, Threshold } from '../detector.js';
import { inOrder } from '../in-order.js';
import type { SampleSource } from '../sample.js';
import { callHelpers } from './ast-helper.js';
import { astScore } from './ast-score.js';
import type { AstFitOptions, AstParts, AstWeights } from './ast-session.js';
import { distancesTask, inputsTask } from './ast-tasks.js';

/** Good training images that the heat scale is taken from at most, evenly spaced over all of them. */
const calibrationImages = 64;

/** What good images tell about a trained model. */
export interface Calibration {
  readonly heatScale: HeatScale;
  /** Undefined where no good images were kept out of training. */
  readonly threshold: Threshold | undefined;
}

/** Scores good images to find where good ends: those kept out of training where there are any, else those trained on. */
export async function calibrateAst(
  parts: AstParts,
  weights: AstWeights,
  samples: SampleSource,
  { store, validation, onProgress, signal, helpers }: AstFitOptions,
): Promise<Calibration> {
  const { shape, config } = parts;
  const source = validation ?? samples;
  const count = validation === undefined ? Math.min(calibrationImages, samples.length) : validation.length;
  const [h, w] = shape;
  const distances = new Float32Array(count * h * w);
  let known = 0; // of them, on the foreground
  const scores: number[] = [];
  const chosen = Array.from({ length: count }, (_, i) => Math.floor((i * source.length) / count));
  const task = distancesTask(parts, weights, source, inputsTask(parts, source, store));
  for await (const scored of inOrder(task, { images: chosen, open: callHelpers(helpers, parts, weights, count), signal })) {
    const done = scores.length;
    const { distance, mask } = scored;
    for (let p = 0; p < h * w; p++) if (mask === undefined || (mask[p] as number) > 0) distances[known++] = distance[p] as number;
    scores.push(astScore(parts, source.id(chosen[done] as number), scored, [1, 1]).score);
    onProgress?.({ phase: 'calibration', done: done + 1, total: count, unit: 'images' });
  }
  const from = `${count} good images${validation === undefined ? '' : ' kept out of training'}`;
  return {
    heatScale: chooseHeatScale(distances.subarray(0, known), from),
    threshold: validation === undefined ? undefined : chooseThreshold(scores, config.score.reduction, config.falseAlarms),
  };
}
