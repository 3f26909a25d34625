import { chooseHeatScale, chooseThreshold } from '../calibrate.js';
import { inOrder } from '../in-order.js';
import type { SampleSource } from '../sample.js';
import { callHelpers } from './call-helpers.js';
import type { Calibration, DetectorParts, FittedModel } from './detector-parts.js';
import type { StoredFitOptions } from './fit-session.js';
import { disposeNetworks, type NetworkWeights } from './networks.js';

/** Good images that the heat scale is taken from at most, evenly spaced over all of them: their maps are kept until the end. */
const calibrationImages = 64;

/** Scores good images to find where good ends: those kept out of training where there are any, else those trained on. */
async function calibrate<Raw>(
  parts: DetectorParts<Raw>,
  weights: NetworkWeights,
  samples: SampleSource,
  { store, validation, onProgress, signal, helpers }: StoredFitOptions,
): Promise<Calibration> {
  const { config } = parts;
  const source = validation ?? samples;
  const count = validation === undefined ? Math.min(calibrationImages, samples.length) : validation.length;
  const heat: Float32Array[] = [];
  const scores: number[] = [];
  const chosen = spread(source.length, count);
  const shown = new Set(spread(count, Math.min(calibrationImages, count)));
  const task = parts.rawTask(weights, source, store);
  for await (const raw of inOrder(task, { images: chosen, open: callHelpers(helpers, parts, weights, count), signal })) {
    const done = scores.length;
    if (shown.has(done)) heat.push(parts.heatOf(raw));
    scores.push(parts.score(source.id(chosen[done] as number), raw, [1, 1]).score);
    onProgress?.({ phase: 'calibration', done: done + 1, total: count, unit: 'images' });
  }
  const from = `${shown.size} good images${validation === undefined ? '' : ' kept out of training'}`;
  return {
    heatScale: chooseHeatScale(joined(heat), from),
    threshold: validation === undefined ? undefined : chooseThreshold(scores, config.score.reduction, config.falseAlarms),
  };
}

/** Calibrates trained weights on good images; disposes the weights where that fails. */
export async function calibrated<Raw>(
  parts: DetectorParts<Raw>,
  weights: NetworkWeights,
  samples: SampleSource,
  options: StoredFitOptions,
  training: FittedModel['training'],
): Promise<FittedModel> {
  try {
    return { weights, ...(await calibrate(parts, weights, samples, options)), training };
  } catch (error) {
    disposeNetworks(weights);
    throw error;
  }
}

/** As many of `length` indices as asked for, evenly spaced. */
function spread(length: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.floor((i * length) / count));
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(rows.reduce((sum, row) => sum + row.length, 0));
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return all;
}
