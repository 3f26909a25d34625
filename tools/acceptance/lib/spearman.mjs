// @ts-check

/**
 * Spearman's rank correlation: Pearson's of the ranks, ties at their mean rank.
 *
 * @param {readonly number[]} a
 * @param {readonly number[]} b
 */
export function spearman(a, b) {
  if (a.length !== b.length) throw new Error(`spearman: expected as many values on both sides, got ${a.length} and ${b.length}`);
  return pearson(ranks(a), ranks(b));
}

/**
 * Pearson's correlation, in float64.
 *
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 */
export function pearson(a, b) {
  const n = a.length;
  if (n !== b.length || n < 2) throw new Error(`pearson: expected two or more pairs, got ${n} and ${b.length} values`);
  const meanA = mean(a);
  const meanB = mean(b);
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < n; i++) {
    const da = Number(a[i]) - meanA;
    const db = Number(b[i]) - meanB;
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  if (aa === 0 || bb === 0) throw new Error('pearson: expected values that differ, one side is constant');
  return ab / Math.sqrt(aa * bb);
}

/** @param {ArrayLike<number>} values */
export function mean(values) {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Number(values[i]);
  return sum / values.length;
}

/** @param {readonly number[]} values Ranks from 1; equal values share the mean of theirs. */
function ranks(values) {
  const order = values.map((_, i) => i).sort((i, j) => Number(values[i]) - Number(values[j]));
  /** @type {number[]} */
  const result = new Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[Number(order[end])] === values[Number(order[start])]) end++;
    for (let k = start; k < end; k++) result[Number(order[k])] = (start + 1 + end) / 2;
    start = end;
  }
  return result;
}
