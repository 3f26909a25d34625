import type { BaselineMetrics } from './measure-baselines.js';
import { metricsRecord } from './metrics-record.js';

/** A baseline's numbers as JSON documents hold them: its name, how its maps became scores, its metrics. */
export function baselineRecord({ baseline, reduction, ...measured }: BaselineMetrics): Readonly<Record<string, unknown>> {
  return { baseline, score: reduction, ...metricsRecord(measured) };
}
