import type { Modality } from '@blemish/detectors';
import type { BaselineMetrics } from './measure-baselines.js';

/** One row of the table: a baseline on one modality. */
export interface BaselineRow extends BaselineMetrics {
  readonly category: string;
  readonly modality: Modality;
}

/** Baselines as a Markdown table, one row each; AUROC and AU-PRO up to 0.3 in percent. */
export function describeBaselines(rows: readonly BaselineRow[]): string {
  const defects = [...new Set(rows.flatMap(({ byDefect }) => Object.keys(byDefect)))];
  const head = ['category', 'modality', 'baseline', 'image AUROC', 'by', 'AU-PRO 0.3', ...defects];
  const lines = rows.map(({ category, modality, baseline, reduction, values, byDefect }) => [
    ...[category, modality, baseline, percent(values['image_AUROC']), reduction, percent(values['AUPRO'])],
    ...defects.map((defect) => percent(byDefect[defect])),
  ]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function percent(share: number | undefined): string {
  return share === undefined ? '-' : (100 * share).toFixed(1);
}
