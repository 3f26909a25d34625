// @ts-check
import { spawnSync } from 'node:child_process';
import { nodeSide, peerSide } from '../lib/sides.mjs';

/** @typedef {import('../lib/case.mjs').Case} Case */

const pixels = '83 maps of 900x900';
const names = { auroc: 'AUROC', ap: 'average precision', aupro: 'AU-PRO' };

/**
 * Exact metrics, one at a time; scores and labels are in memory.
 *
 * @param {string} name
 * @param {keyof typeof names} metric
 * @param {{kind?: import('../lib/scored-pixels.mjs').Kind, count?: number, of?: string, by?: string, tolerance?: number, pairs?: number, must?: number}} [more]
 * @returns {Case}
 */
function exact(name, metric, { kind, count, of = '', by = 'scikit-learn', tolerance = 1e-9, pairs = 7, must = 10 } = {}) {
  const settings = { metric, kind, count, by };
  return {
    name: `metrics ${name}`,
    group: 'metrics',
    what: `exact ${names[metric]} of ${of}${count === undefined ? pixels : `${count / 1e6} million scores`}`,
    against: by,
    ours: nodeSide('metrics.mjs', settings),
    peer: (context) => (by === 'anomalib' && !hasAnomalib(context.python) ? undefined : peerSide('metrics.py', settings)(context)),
    pairs,
    compare: [{ prefix: '', tolerance, of: 'absolute' }],
    ...(must > 0 ? { must } : {}),
  };
}

const once = { pairs: 1 };
const plain = 'NumPy and SciPy';

/** @type {readonly Case[]} */
export const cases = [
  exact('auroc', 'auroc'),
  exact('ap', 'ap'),
  exact('au-pro', 'aupro', { by: plain }),
  // The same number by definition; its float32 gives that for 40 such maps, and is 0.03 off for 83.
  exact('au-pro, anomalib', 'aupro', { by: 'anomalib', tolerance: 0.05, pairs: 1 }),
  exact('auroc, 100 million', 'auroc', { count: 1e8, ...once }),
  // What sorting might stumble over; NumPy's does well where many scores are equal.
  exact('auroc, levels', 'auroc', { kind: 'levels', of: 'tied scores, ', ...once }),
  exact('auroc, distinct', 'auroc', { kind: 'distinct', of: 'noise, ', ...once }),
  exact('auroc, sorted', 'auroc', { kind: 'sorted', of: 'sorted scores, ', ...once }),
  exact('au-pro, levels', 'aupro', { kind: 'levels', of: 'tied scores, ', by: plain, must: 0, ...once }),
  exact('au-pro, distinct', 'aupro', { by: plain, must: 0, kind: 'distinct', of: 'noise, ', ...once }),
];

/** It is no part of the peer's environment: many packages, for one case. @param {string | undefined} python */
function hasAnomalib(python) {
  return python !== undefined && spawnSync(python, ['-c', 'import anomalib'], { stdio: 'ignore' }).status === 0;
}
