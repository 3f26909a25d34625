/** What the metrics of scores with labels are, from one plain sort of all of them in float64 */
export function sortedReference(
  scores: readonly number[],
  labels: readonly number[],
): { auroc: number; ap: number; f1: number; threshold: number } {
  const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const all = labels.filter((label) => label === 1).length;
  let [tp, fp, pairs, ap, f1, threshold] = [0, 0, 0, 0, 0, NaN];
  for (let i = 0; i < order.length; ) {
    const score = scores[order[i] as number] as number;
    let [hits, misses] = [0, 0];
    for (; i < order.length && scores[order[i] as number] === score; i++) {
      if (labels[order[i] as number] === 1) hits++;
      else misses++;
    }
    pairs += misses * (tp + hits / 2);
    tp += hits;
    fp += misses;
    ap += (hits / all) * (tp / (tp + fp));
    const value = (2 * tp) / (all + tp + fp);
    if (value >= f1) [f1, threshold] = [value, score];
  }
  return { auroc: pairs / tp / fp, ap, f1, threshold };
}
