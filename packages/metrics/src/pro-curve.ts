import type { LabelledMap } from './labelled-map.js';
import { pixelSteps, type PixelSteps } from './pixel-steps.js';

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
 * @throws when no pixel is defective, none is good, a size differs, or a score is not finite
 */
export function proCurve(images: readonly LabelledMap[]): ProCurve {
  return proCurveOf(pixelSteps('proCurve', images));
}

/** The same from ranked pixels. */
export function proCurveOf(steps: PixelSteps): ProCurve {
  const { thresholds, falseAbove, falsePositives, covered, lowestAbove, lowestNegative, negatives } = steps;
  const last = thresholds.length - 1;
  let size = 2 + last + ((falsePositives[last] as number) < negatives ? 1 : 0);
  for (let i = 0, fp = 0; i <= last; fp = falsePositives[i++] as number) if ((falseAbove[i] as number) > fp) size++;
  const curve = { fpr: new Float64Array(size), pro: new Float64Array(size), thresholds: new Float64Array(size) };
  let at = 0;
  const add = (fp: number, pro: number, threshold: number): void => {
    curve.fpr[at] = fp / negatives;
    curve.pro[at] = pro;
    curve.thresholds[at++] = threshold;
  };
  add(0, 0, Infinity);
  for (let i = 0; i <= last; i++) {
    const above = falseAbove[i] as number;
    const [fp, pro] = i === 0 ? [0, 0] : [falsePositives[i - 1] as number, covered[i - 1] as number];
    if (above > fp) add(above, pro, lowestAbove[i] as number);
    add(falsePositives[i] as number, covered[i] as number, thresholds[i] as number);
  }
  if (at < size) add(negatives, 1, lowestNegative);
  return curve;
}
