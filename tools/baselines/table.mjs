// @ts-check

/** Results as a Markdown table, one row a baseline; AUROC and AU-PRO in percent. @param {readonly import('./measure.mjs').Row[]} rows */
export function baselineTable(rows) {
  const defects = [...new Set(rows.flatMap(({ by_defect }) => Object.keys(by_defect)))];
  const percent = (/** @type {number | null | undefined} */ value) => (value === null || value === undefined ? '-' : (100 * value).toFixed(1));
  const head = ['category', 'modality', 'baseline', 'image AUROC', 'by', 'AU-PRO 0.3', ...defects];
  const lines = rows.map((row) => [
    row.category,
    row.modality,
    row.baseline,
    percent(row.image_AUROC),
    row.reduction,
    percent(row.AUPRO),
    ...defects.map((defect) => percent(row.by_defect[defect])),
  ]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
