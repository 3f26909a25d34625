import type { LabelledMap } from '../labelled-map.js';

/** AUROC by its meaning: every pair of a defective and a good one, ties half. */
export function naiveAuroc(scores: readonly number[], labels: readonly number[]): number {
  let won = 0;
  let pairs = 0;
  scores.forEach((p, i) =>
    scores.forEach((n, j) => {
      if (labels[i] !== 1 || labels[j] !== 0) return;
      pairs++;
      won += p > n ? 1 : p === n ? 0.5 : 0;
    }),
  );
  return won / pairs;
}

/** Precision, recall and F1 with score >= threshold, counted afresh at every distinct score, descending. */
export function naiveOperatingPoints(
  scores: readonly number[],
  labels: readonly number[],
): { threshold: number; precision: number; recall: number; f1: number }[] {
  const all = labels.filter((label) => label === 1).length;
  return [...new Set(scores)]
    .sort((a, b) => b - a)
    .map((threshold) => {
      const above = labels.filter((_, i) => (scores[i] as number) >= threshold);
      const hits = above.filter((label) => label === 1).length;
      const precision = hits / above.length;
      const recall = hits / all;
      return { threshold, precision, recall, f1: hits === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
    });
}

/** Average precision as the sum of precision times added recall. */
export function naiveAveragePrecision(scores: readonly number[], labels: readonly number[]): number {
  let before = 0;
  return naiveOperatingPoints(scores, labels).reduce((sum, { precision, recall }) => {
    const added = recall - before;
    before = recall;
    return sum + added * precision;
  }, 0);
}

/** Components by repeated spreading of the smallest label: slow, and nothing like the code under test. */
export function naiveComponents(mask: ArrayLike<number>, [height, width]: readonly [number, number], connectivity: 4 | 8): number[] {
  const labels = Array.from(mask, (value, i) => (value === 0 ? 0 : i + 1));
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 0; i < labels.length; i++) {
      for (let j = 0; j < labels.length; j++) {
        const rows = Math.abs(Math.floor(i / width) - Math.floor(j / width));
        const columns = Math.abs((i % width) - (j % width));
        const near = connectivity === 8 ? Math.max(rows, columns) === 1 : rows + columns === 1;
        if (near && labels[i] !== 0 && labels[j] !== 0 && (labels[j] as number) < (labels[i] as number)) {
          labels[i] = labels[j] as number;
          changed = true;
        }
      }
    }
  }
  if (labels.length !== height * width) throw new Error('naiveComponents: size');
  const order = [...new Set(labels)].filter((label) => label !== 0).sort((a, b) => a - b);
  return labels.map((label) => (label === 0 ? 0 : order.indexOf(label) + 1));
}

/** The PRO curve with every map thresholded afresh at every distinct score; (0, 0) first. */
export function naiveProCurve(images: readonly LabelledMap[]): { fpr: number[]; pro: number[] } {
  const fpr = [0];
  const pro = [0];
  const labels = images.map(({ mask, shape }) => naiveComponents(mask, shape, 8));
  const thresholds = [...new Set(images.flatMap(({ map }) => [...map]))].sort((a, b) => b - a);
  for (const threshold of thresholds) {
    let falsePositives = 0;
    let good = 0;
    const shares: number[] = [];
    images.forEach(({ map }, image) => {
      const own = labels[image] as number[];
      for (let region = 1; region <= Math.max(...own); region++) {
        const pixels = [...own.keys()].filter((i) => own[i] === region);
        shares.push(pixels.filter((i) => (map[i] as number) >= threshold).length / pixels.length);
      }
      const clean = [...own.keys()].filter((i) => own[i] === 0);
      good += clean.length;
      falsePositives += clean.filter((i) => (map[i] as number) >= threshold).length;
    });
    fpr.push(falsePositives / good);
    pro.push(shares.reduce((a, b) => a + b, 0) / shares.length);
  }
  return { fpr, pro };
}

/** Height at which a curve of straight lines crosses an FPR inside (0, 1) that is none of its points'. */
export function heightAt(curve: { fpr: ArrayLike<number>; pro: ArrayLike<number> }, x: number): number {
  let i = 1;
  while ((curve.fpr[i] as number) < x) i++;
  const [x0, x1] = [curve.fpr[i - 1] as number, curve.fpr[i] as number];
  const [y0, y1] = [curve.pro[i - 1] as number, curve.pro[i] as number];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
