import type { BaselineName } from '@blemish/detectors';
import type { BaselineMetrics } from './measure-baselines.js';
import type { RunMetrics } from './run-metrics.js';

/** One metric of a model, and the best of the baselines at it. */
export interface ComparedMetric {
  readonly name: string;
  /** The model's; undefined where the data do not allow the metric. */
  readonly value: number | undefined;
  /** The baseline that does best at this metric, each metric having its own. */
  readonly best: { readonly baseline: BaselineName; readonly value: number } | undefined;
}

/** What is compared of all kinds together, and how it is called. */
const overall = { image_AUROC: 'image AUROC', pixel_AUROC: 'pixel AUROC', AUPRO: 'AU-PRO 0.3' } as const;

/** A model's metrics, over all kinds of defects and by kind, beside those of the best baseline. */
export function compareWithBaselines(model: RunMetrics, baselines: readonly BaselineMetrics[]): readonly ComparedMetric[] {
  const compared = (name: string, valueOf: (metrics: RunMetrics) => number | undefined): ComparedMetric => {
    const measured = baselines.flatMap((one) => {
      const value = valueOf(one);
      return value === undefined ? [] : [{ baseline: one.baseline, value }];
    });
    const [best] = measured.sort((a, b) => b.value - a.value);
    return { name, value: valueOf(model), best };
  };
  return [
    ...Object.entries(overall).map(([key, name]) => compared(name, ({ values }) => values[key])),
    ...Object.keys(model.byDefect).map((kind) => compared(`image AUROC, ${kind}`, ({ byDefect }) => byDefect[kind])),
  ];
}
