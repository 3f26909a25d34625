import type { HeatScale, ScoreReduction, Threshold } from './detector.js';

/** The value below which a share `q` of the sorted `values` lies (nearest rank). */
function quantile(sorted: Float64Array, q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

/**
 * The scale on which heat is shown, from the distances at all positions of good images: cold up to what one position in
 * a hundred of a good image reaches, hottest at `span` times the range of good values above their median.
 *
 * @param distances values of good images' maps, in any order
 */
export function chooseHeatScale(distances: Float32Array, from: string, span = 4): HeatScale {
  const sorted = Float64Array.from(distances).sort();
  const middle = quantile(sorted, 0.5);
  const low = quantile(sorted, 0.99);
  const high = middle + span * (quantile(sorted, 0.999) - middle);
  return { low, high: Math.max(high, low + Number.EPSILON * Math.max(1, Math.abs(low))), from };
}

/**
 * A threshold for image scores from good images that were not trained on. With n of them, a further good image exceeds
 * the k-th largest score with probability k / (n + 1), whatever the scores' distribution; k is the largest that keeps
 * this within `falseAlarms`, at least 1 (fewer images cannot promise less than 1 / (n + 1)).
 */
export function chooseThreshold(scores: readonly number[], reduction: ScoreReduction, falseAlarms: number): Threshold {
  const n = scores.length;
  const k = Math.max(1, Math.floor(falseAlarms * (n + 1)));
  const value = Float64Array.from(scores).sort()[n - k];
  if (value === undefined) throw new Error(`threshold: expected scores of at least ${k} good images, got ${n}`);
  return { value, reduction, falseAlarms: k / (n + 1), images: n };
}
