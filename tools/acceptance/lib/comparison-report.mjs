// @ts-check
import { comparedMetrics } from './compare-run.mjs';
import { fixed, markdownTable } from './markdown-table.mjs';
import { mean } from './spearman.mjs';

/** @typedef {import('./compare-run.mjs').Comparison} Comparison */

/**
 * Means over seeds, ours and the reference's.
 *
 * @param {readonly Comparison[]} runs
 * @returns {Record<string, import('./compare-run.mjs').Pair>}
 */
export function meanMetrics(runs) {
  return Object.fromEntries(
    comparedMetrics.map(([name]) => [
      name,
      {
        ours: mean(runs.map(({ metrics }) => Number(metrics[name]?.ours))),
        reference: mean(runs.map(({ metrics }) => Number(metrics[name]?.reference))),
      },
    ]),
  );
}

/**
 * Metrics and rank correlation, a row a seed.
 *
 * @param {readonly Comparison[]} runs
 */
export function metricsTable(runs) {
  const both = (/** @type {import('./compare-run.mjs').Pair | undefined} */ pair) => `${fixed(pair?.ours, 4)} / ${fixed(pair?.reference, 4)}`;
  const row = (/** @type {string | number} */ seed, /** @type {Comparison['metrics']} */ metrics, /** @type {number} */ rank) => [
    seed,
    ...comparedMetrics.map(([name]) => both(metrics[name])),
    fixed(rank, 4),
  ];
  return markdownTable(
    ['seed', ...comparedMetrics.map(([, , label]) => label), 'rank correlation'],
    [
      ...runs.map(({ seed, metrics, rankCorrelation }) => row(seed, metrics, rankCorrelation)),
      ...(runs.length > 1 ? [row('mean', meanMetrics(runs), mean(runs.map(({ rankCorrelation }) => rankCorrelation)))] : []),
    ],
  );
}

/**
 * Mean losses by epoch, ours / the reference's, a column a seed.
 *
 * @param {readonly Comparison[]} runs
 * @param {'teacher' | 'student'} phase
 */
export function lossTable(runs, phase) {
  const decimals = phase === 'teacher' ? 1 : 4;
  const epochs = Math.max(...runs.map(({ losses }) => losses[phase].length));
  return markdownTable(
    [`${phase} epoch`, ...runs.map(({ seed }) => `seed ${seed}`)],
    Array.from({ length: epochs }, (_, epoch) => [
      epoch + 1,
      ...runs.map(({ losses }) => {
        const pair = losses[phase][epoch];
        return `${fixed(pair?.ours, decimals)} / ${fixed(pair?.reference, decimals)}`;
      }),
    ]),
  );
}

/**
 * Seconds by phase, ours / the reference's. The official loop runs the teacher in every step of the student, so its
 * seconds stand beside ours of the teacher's outputs and the student together.
 *
 * @param {readonly Comparison[]} runs
 * @param {number} [referenceFeatures] the reference's seconds for the features of all training images
 */
export function secondsTable(runs, referenceFeatures) {
  return markdownTable(
    ['seed', 'features', 'teacher', "teacher's outputs", 'student', 'outputs and student'],
    runs.map(({ seed, seconds: { ours, reference } }) => [
      seed,
      `${fixed(ours['features'], 1)} / ${fixed(referenceFeatures, 1)}`,
      `${fixed(ours['teacher'], 1)} / ${fixed(reference['teacher'], 1)}`,
      fixed(ours['teacher outputs'], 1),
      fixed(ours['student'], 1),
      `${fixed(Number(ours['teacher outputs'] ?? 0) + Number(ours['student'] ?? NaN), 1)} / ${fixed(reference['student'], 1)}`,
    ]),
  );
}
