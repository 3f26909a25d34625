import { rankPixels } from './pixel-ranking.js';
import type { LabelledMap } from './labelled-map.js';
import { foldProPoints, type ProPoints } from './pro-points.js';
import { rank, type Ranking } from './ranking.js';

/** A PRO curve from (0, 0) to (1, 1): straight lines between its points. */
export interface ProCurve {
  /** Share of the defect-free pixels of all images with score >= threshold. */
  readonly fpr: Float64Array;
  /** Mean over ground-truth components of the share of each with score >= threshold. */
  readonly pro: Float64Array;
  /** Descending; the first is Infinity. */
  readonly thresholds: Float64Array;
}

/**
 * The exact PRO curve (Bergmann et al., "The MVTec Anomaly Detection Dataset", IJCV 2021): every distinct score is a
 * threshold and tied pixels move together. Components are 8-connected, of all images together. Points inside a run
 * where only the FPR grows are left out: they lie on the line between its ends.
 *
 * It has a point or two for each distinct score of a defective pixel: for areas alone, `pixelMetrics` needs no curve.
 *
 * @throws when no pixel is defective, none is good, a size differs, or a score is not finite
 */
export function proCurve(images: Iterable<LabelledMap>): ProCurve {
  return proCurveOf(rankPixels('proCurve', images).ranking());
}

/** The same from pixels whose weights are shares of their components. */
export function proCurveOf(ranking: Ranking): ProCurve {
  const parts: ProPoints[] = [];
  const points = foldProPoints(ranking, ({ count, fpr, pro, thresholds }) => {
    parts.push({ count, fpr: fpr.slice(0, count), pro: pro.slice(0, count), thresholds: thresholds.slice(0, count) });
  });
  points.end(rank(ranking, [points]));
  const size = parts.reduce((sum, { count }) => sum + count, 0);
  const curve = { fpr: new Float64Array(size), pro: new Float64Array(size), thresholds: new Float64Array(size) };
  let at = 0;
  for (const { count, fpr, pro, thresholds } of parts) {
    curve.fpr.set(fpr, at);
    curve.pro.set(pro, at);
    curve.thresholds.set(thresholds, at);
    at += count;
  }
  return curve;
}
