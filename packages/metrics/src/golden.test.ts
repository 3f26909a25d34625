import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeShared, expectClose } from '@blemish-tools/jest';
import { readGoldenMaps } from './testing/read-golden-maps.js';
import {
  auPro,
  auroc,
  averagePrecision,
  connectedComponents,
  equidistantProCurve,
  f1Max,
  pixelMetrics,
  precisionRecallCurve,
  proCurve,
  rocCurve,
  type FprCurve,
} from './index.js';

interface Best {
  readonly 'threshold(score>=t is positive)': number;
  readonly precision: number;
  readonly recall: number;
}

interface GoldenImage extends Best {
  readonly labels: number[];
  readonly scores: number[];
  readonly auroc: number;
  readonly ap: number;
  readonly f1_max: number;
  readonly 'roc_curve(sklearn, drop_intermediate=True)'?: Record<'fpr' | 'tpr' | 'thresholds', number[]>;
  readonly pr_curve?: Record<'precision' | 'recall' | 'thresholds', number[]>;
}

interface GoldenCurve {
  readonly au_pro: Record<string, number>;
  readonly curve_samples?: { readonly fpr: number[]; readonly pro: number[] };
}

interface GoldenPixels {
  readonly 'pixel_auroc(sklearn)': number;
  readonly 'pixel_ap(sklearn average_precision_score)': number;
  readonly pixel_f1_max: number;
  readonly 'pixel_threshold(score>=t is positive)': number;
  readonly pixel_precision: number;
  readonly pixel_recall: number;
  readonly 'pixel_auc_of_pr_curve_trapezoid(sklearn auc)': number;
  readonly mvtec_ad_exact: GoldenCurve;
  readonly mvtec_3d_num_thresholds_100: Record<string, number> & { readonly curve?: { readonly fpr: number[]; readonly pro: number[] } };
}

interface Golden {
  readonly pixel: Record<string, GoldenPixels>;
  readonly image: Record<string, GoldenImage>;
  readonly components_8conn_per_image: number[];
  readonly components_4conn_per_image: number[];
}

/** scikit-learn's numbers on these small sets. */
const SKLEARN = 1e-9;
/** MVTec's code keeps its false-positive rates in float32. */
const MVTEC = 2e-6;

describeShared('golden metrics', 'golden/metrics', (folder) => {
  const golden = JSON.parse(readFileSync(join(folder, 'metrics.json'), 'utf8')) as Golden;
  const { maps, masks, labels, shape } = readGoldenMaps(join(folder, 'maps.safetensors'));
  const close = (label: string, tolerance: number, actual: ArrayLike<number>, expected: ArrayLike<number>): void =>
    expectClose(actual, expected, { tolerance, label: `metrics ${label}`, backend: 'pure' });

  describe.each(Object.entries(golden.image))('image scores %s', (name, expected) => {
    const { scores, labels: classes } = expected;

    it('has the areas and the best F1 of scikit-learn', () => {
      const best = f1Max(scores, classes);
      close(
        `image ${name}`,
        SKLEARN,
        [auroc(scores, classes), averagePrecision(scores, classes), best.f1, best.threshold, best.precision, best.recall],
        [expected.auroc, expected.ap, expected.f1_max, expected['threshold(score>=t is positive)'], expected.precision, expected.recall],
      );
    });

    const want = expected['roc_curve(sklearn, drop_intermediate=True)'];
    const wantPr = expected.pr_curve;
    if (!want || !wantPr) return; // stored for the small sets only
    it('has the curves of scikit-learn', () => {
      const { fpr, tpr, thresholds } = corners(rocCurve(scores, classes));
      close(`image ${name} roc`, SKLEARN, [...fpr, ...tpr, ...thresholds.slice(1)], [...want.fpr, ...want.tpr, ...want.thresholds.slice(1)]);
      const pr = precisionRecallCurve(scores, classes);
      const backwards = [pr.precision, pr.recall, pr.thresholds.subarray(1)].flatMap((values) => [...values].reverse());
      close(`image ${name} pr`, SKLEARN, backwards, [
        ...wantPr.precision,
        ...wantPr.recall,
        ...wantPr.thresholds,
      ]);
    });
  });

  describe.each(Object.entries(golden.pixel))('maps %s', (name, expected) => {
    const scores = maps.get(name) ?? [];
    const images = scores.map((map, i) => ({ map, mask: masks[i] as Uint8Array, shape }));

    it('has the pixel metrics of scikit-learn', () => {
      const actual = pixelMetrics(images);
      const { f1, threshold, precision, recall } = actual.f1Max;
      close(`pixel ${name}`, SKLEARN, [actual.auroc, actual.ap, f1, threshold, precision, recall, actual.prAuc], [
        expected['pixel_auroc(sklearn)'],
        expected['pixel_ap(sklearn average_precision_score)'],
        expected.pixel_f1_max,
        expected['pixel_threshold(score>=t is positive)'],
        expected.pixel_precision,
        expected.pixel_recall,
        expected['pixel_auc_of_pr_curve_trapezoid(sklearn auc)'],
      ]);
    });

    it('has the PRO curve and areas of the MVTec AD evaluation', () => {
      const curve = proCurve(images);
      const limits = Object.keys(expected.mvtec_ad_exact.au_pro);
      const want = limits.map((limit) => expected.mvtec_ad_exact.au_pro[limit] as number);
      close(`AU-PRO ${name}`, MVTEC, limits.map((limit) => auPro(curve, Number(limit))), want);
      const samples = expected.mvtec_ad_exact.curve_samples;
      if (samples) {
        const apart = samples.fpr.map((x, i) => distanceToCurve(curve, x, samples.pro[i] as number));
        close(`PRO curve ${name}`, MVTEC, apart, apart.map(() => 0));
      }
    });

    it('has the sampled PRO curve of the MVTec 3D-AD evaluation', () => {
      const { curve: points, ...areas } = expected.mvtec_3d_num_thresholds_100;
      const curve = equidistantProCurve(images, 100);
      const limits = Object.keys(areas);
      close(`AU-PRO 3D-AD ${name}`, SKLEARN, limits.map((limit) => auPro(curve, Number(limit))), limits.map((limit) => areas[limit] as number));
      if (points) close(`PRO curve 3D-AD ${name}`, SKLEARN, [...curve.fpr, ...curve.pro], [...points.fpr, ...points.pro]);
    });
  });

  it('labels and counts the components of the masks', () => {
    masks.forEach((mask, i) => {
      const found = connectedComponents(mask, shape);
      expect(found.count).toBe(golden.components_8conn_per_image[i]);
      expect(Array.from(found.labels)).toEqual(Array.from(labels[i] as Uint8Array));
      expect(connectedComponents(mask, shape, 4).count).toBe(golden.components_4conn_per_image[i]);
    });
  });
});

/** What scikit-learn's `drop_intermediate` keeps: (0, 0), both ends of the rest, and where one step differs from the next. */
function corners(curve: ReturnType<typeof rocCurve>): Record<'fpr' | 'tpr' | 'thresholds', number[]> {
  const { fpr, tpr } = curve;
  const bends = (values: Float64Array, i: number): boolean =>
    Math.abs((values[i + 1] as number) - 2 * (values[i] as number) + (values[i - 1] as number)) > 1e-12;
  const kept = Array.from(fpr.keys()).filter((i) => i < 2 || i === fpr.length - 1 || bends(fpr, i) || bends(tpr, i));
  const pick = (values: Float64Array): number[] => kept.map((i) => values[i] as number);
  return { fpr: pick(fpr), tpr: pick(tpr), thresholds: pick(curve.thresholds) };
}

/** How far a point lies from the straight lines of a curve. */
function distanceToCurve({ fpr, pro }: FprCurve, x: number, y: number): number {
  let nearest = Infinity;
  for (let i = 1; i < fpr.length; i++) {
    const [x0, y0, x1, y1] = [fpr[i - 1] as number, pro[i - 1] as number, fpr[i] as number, pro[i] as number];
    const along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2 || 1);
    const t = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0)));
  }
  return nearest;
}
