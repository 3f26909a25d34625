import { createLimitedArea } from './au-pro.js';
import { foldAuroc } from './auroc.js';
import { foldAveragePrecision } from './average-precision.js';
import { foldF1Max, type F1Max } from './f1-max.js';
import type { LabelledMap } from './labelled-map.js';
import { createPixelRanking } from './pixel-ranking.js';
import { foldPrAuc } from './pr-auc.js';
import { proCurveOf, type ProCurve } from './pro-curve.js';
import { foldProPoints } from './pro-points.js';
import { rank } from './ranking.js';

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
  /** Pixels of all images. */
  readonly pixels: number;
  /** Pixels of all images that are defect. */
  readonly defectPixels: number;
  /** Ground-truth components (8-connected) of all images. */
  readonly components: number;
}

/** Which numbers are asked for. */
export interface PixelMetricsOptions {
  /** The false-positive rates up to which AU-PRO is taken; 0.3 by default. */
  readonly limits?: readonly number[];
}

/** Gathers maps and their masks one by one, and computes what they are worth together. */
export interface PixelEvaluation {
  /**
   * Takes an image in: its pixels are copied (their bits, and a byte or so more where they are defect), and its arrays may be
   * used again.
   *
   * @throws when a size differs or a score is not finite; the image is left out then
   */
  add(image: LabelledMap): void;
  /**
   * Every pixel metric of the images so far, from one ranking of the pixels, in memory that does not grow with their number.
   *
   * @throws when no pixel is defective, or none is good
   */
  metrics(options?: PixelMetricsOptions): PixelMetrics;
  /** AU-PRO alone: scores that lie below the limit's threshold are not ranked. Throws as `metrics` does. */
  auPro(limit?: number): number;
  /** The exact PRO curve of the images so far (see `proCurve`); throws as `metrics` does. */
  proCurve(): ProCurve;
}

/** An evaluation without an image yet. */
export function createPixelEvaluation(): PixelEvaluation {
  const pixels = createPixelRanking('pixelMetrics');
  return {
    add: pixels.add,
    metrics({ limits = [0.3] } = {}) {
      const ranking = pixels.ranking();
      const areas = limits.map(createLimitedArea);
      const points = foldProPoints(ranking, ({ fpr, pro, count }) => {
        for (const area of areas) area.add(fpr, pro, count);
      });
      const folds = { auroc: foldAuroc(ranking), ap: foldAveragePrecision(ranking), prAuc: foldPrAuc(ranking), f1Max: foldF1Max(ranking) };
      points.end(rank(ranking, [...Object.values(folds), points]));
      return {
        auroc: folds.auroc.value(),
        ap: folds.ap.value(),
        prAuc: folds.prAuc.value(),
        f1Max: folds.f1Max.value(),
        auPro: limits.map((limit, i) => ({ limit, value: areas[i]?.value() ?? NaN })),
        pixels: ranking.positives.count + ranking.negatives.count,
        defectPixels: ranking.positives.count,
        components: pixels.components,
      };
    },
    auPro(limit = 0.3) {
      const ranking = pixels.ranking();
      const area = createLimitedArea(limit);
      const points = foldProPoints(ranking, ({ fpr, pro, count }) => area.add(fpr, pro, count));
      points.end(rank(ranking, [{ ...points, complete: area.complete }]));
      return area.value();
    },
    proCurve: () => proCurveOf(pixels.ranking()),
  };
}

/**
 * Every pixel metric of images that are there, or that come one by one.
 *
 * @throws when no pixel is defective, none is good, a size differs, or a score is not finite
 */
export function pixelMetrics(images: Iterable<LabelledMap>, options?: PixelMetricsOptions): PixelMetrics {
  const evaluation = createPixelEvaluation();
  for (const image of images) evaluation.add(image);
  return evaluation.metrics(options);
}
