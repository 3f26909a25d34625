import { auPro } from './au-pro.js';
import { areaUnderRoc } from './auroc.js';
import { averagePrecisionOf } from './average-precision.js';
import { f1MaxOf, type F1Max } from './f1-max.js';
import type { LabelledMap } from './labelled-map.js';
import { pixelSteps } from './pixel-steps.js';
import { areaUnderPr } from './pr-auc.js';
import { proCurveOf, type ProCurve } from './pro-curve.js';

/** What the maps of a test set are worth, over all pixels of all images at once. */
export interface PixelMetrics {
  /** Area under the pixels' ROC curve. */
  readonly auroc: number;
  /** Average precision of the pixels. */
  readonly ap: number;
  /** Trapezoid area under the pixels' precision-recall curve. */
  readonly prAuc: number;
  /** Best F1 of the pixels, with its threshold. */
  readonly f1Max: F1Max;
  /** AU-PRO at each limit that was asked for, in that order. */
  readonly auPro: readonly { readonly limit: number; readonly value: number }[];
  /** The PRO curve these are areas of. */
  readonly proCurve: ProCurve;
  /** Pixels of all images. */
  readonly pixels: number;
  /** Pixels of all images that are defect. */
  readonly defectPixels: number;
  /** Ground-truth components (8-connected) of all images. */
  readonly components: number;
}

/**
 * Every pixel metric, from one ranking of the pixels.
 *
 * @param options.limits the false-positive rates up to which AU-PRO is taken; 0.3 by default
 * @throws when no pixel is defective, none is good, a size differs, or a score is not finite
 */
export function pixelMetrics(images: readonly LabelledMap[], options: { readonly limits?: readonly number[] } = {}): PixelMetrics {
  const steps = pixelSteps('pixelMetrics', images);
  const curve = proCurveOf(steps);
  return {
    auroc: areaUnderRoc(steps),
    ap: averagePrecisionOf(steps),
    prAuc: areaUnderPr(steps),
    f1Max: f1MaxOf(steps),
    auPro: (options.limits ?? [0.3]).map((limit) => ({ limit, value: auPro(curve, limit) })),
    proCurve: curve,
    pixels: steps.positives + steps.negatives,
    defectPixels: steps.positives,
    components: steps.components,
  };
}
