/** Area under the ROC curve by its definition: how often a defect scores above a good one, ties counting half. */
export function rankAuroc(scores: readonly number[], labels: readonly number[]): number {
  const good = scores.filter((_, i) => labels[i] === 0).sort((a, b) => a - b);
  const defects = scores.filter((_, i) => labels[i] !== 0).sort((a, b) => a - b);
  let [below, equal, wins] = [0, 0, 0];
  for (const score of defects) {
    while (below < good.length && (good[below] as number) < score) below++;
    equal = 0;
    while (below + equal < good.length && good[below + equal] === score) equal++;
    wins += below + equal / 2;
  }
  return wins / (good.length * defects.length);
}
