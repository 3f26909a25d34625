import type { RunMetrics } from './run-metrics.js';

/** Metrics as JSON documents hold them: by their names, the image AUROC of each kind of defect, and what is missing and why. */
export function metricsRecord({ values, byDefect, missing }: RunMetrics): Readonly<Record<string, unknown>> {
  const isEmpty = (record: object): boolean => Object.keys(record).length === 0;
  return { ...values, ...(!isEmpty(byDefect) && { image_AUROC_by_defect: byDefect }), ...(!isEmpty(missing) && { missing }) };
}
