import { auroc, averagePrecision, f1Max, type PixelEvaluation } from '@blemish/metrics';
import type { ScoreReduction } from '@blemish/detectors';

/** False-positive rates up to which AU-PRO is taken; the usual 0.3 carries no limit in its name. */
const proLimits = { AUPRO: 0.3, 'AUPRO_0.05': 0.05, 'AUPRO_0.01': 0.01 };

/** One scored test image with its ground truth. */
export interface ScoredImage {
  readonly id: string;
  readonly defect: string;
  /** 1 where the image shows a defect. */
  readonly label: 0 | 1;
  readonly scores: Readonly<Record<ScoreReduction, number>>;
}

/** Metrics under the field's names, and what could not be computed and why. */
export interface RunMetrics {
  readonly values: Readonly<Record<string, number>>;
  readonly missing: Readonly<Record<string, string>>;
  /** Image AUROC of each kind of defect alone against the good images; empty where the image metrics are missing. */
  readonly byDefect: Readonly<Record<string, number>>;
}

/** Computes every metric that the data allow. */
export function runMetrics(
  images: readonly ScoredImage[],
  pixels: Pick<PixelEvaluation, 'metrics'> | { readonly missing: string },
  reduction: ScoreReduction,
): RunMetrics {
  const values: Record<string, number> = {};
  const missing: Record<string, string> = {};
  const attempt = (names: string, compute: () => Record<string, number>): void => {
    try {
      Object.assign(values, compute());
    } catch (error) {
      missing[names] = error instanceof Error ? error.message : String(error);
    }
  };

  const labels = images.map(({ label }) => label);
  const other: ScoreReduction = reduction === 'mean' ? 'max' : 'mean';
  const own = images.map(({ scores }) => scores[reduction]);
  let byDefect: Record<string, number> = {};
  attempt('image', () => {
    const found = {
      image_AUROC: auroc(own, labels),
      image_AP: averagePrecision(own, labels),
      image_F1Max: f1Max(own, labels).f1,
      [`image_AUROC_${other}`]: auroc(
        images.map(({ scores }) => scores[other]),
        labels,
      ),
    };
    byDefect = aurocByDefect(images, reduction);
    return found;
  });
  attempt('pixel', () => {
    if ('missing' in pixels) throw new Error(pixels.missing);
    const found = pixels.metrics({ limits: Object.values(proLimits) });
    return {
      pixel_AUROC: found.auroc,
      pixel_AP: found.ap,
      pixel_F1Max: found.f1Max.f1,
      ...Object.fromEntries(Object.keys(proLimits).map((name, k) => [name, found.auPro[k]?.value ?? NaN])),
    };
  });
  return { values, missing, byDefect };
}

/** Throws where there is no good image, or a score that is not finite. */
function aurocByDefect(images: readonly ScoredImage[], reduction: ScoreReduction): Record<string, number> {
  const good = images.filter(({ label }) => label === 0);
  const defective = images.filter(({ label }) => label === 1);
  return Object.fromEntries(
    [...new Set(defective.map(({ defect }) => defect))].map((kind) => {
      const compared = [...good, ...defective.filter(({ defect }) => defect === kind)];
      return [kind, auroc(compared.map(({ scores }) => scores[reduction]), compared.map(({ label }) => label))];
    }),
  );
}
