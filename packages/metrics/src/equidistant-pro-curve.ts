import { connectedComponents } from './connected-components.js';
import { checkMap, checkPixels, type LabelledMap } from './labelled-map.js';
import type { ProCurve } from './pro-curve.js';
import { scoresLike } from './scores.js';
import { sortScores } from './sort-scores.js';

/**
 * The sampled PRO curve that published MVTec 3D-AD numbers were made with: thresholds at `count` equidistant positions
 * in the sorted scores of the good pixels, defective = score > threshold, FPR from the position. It does not start at
 * (0, 0) and takes no care of ties (a constant map scores 0): for comparison with those numbers only.
 *
 * @param count at least 2; 100 in the public evaluation code
 * @throws as `proCurve` does
 */
export function equidistantProCurve(images: readonly LabelledMap[], count = 100): ProCurve {
  if (!(Number.isInteger(count) && count >= 2)) throw new Error(`equidistantProCurve: count is a whole number from 2 on, got ${count}`);
  let good = 0;
  let defective = 0;
  images.forEach((image, i) => {
    checkMap('equidistantProCurve', image, i);
    const inside = image.mask.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);
    defective += inside;
    good += image.mask.length - inside;
  });
  checkPixels('equidistantProCurve', images.length, good, defective);
  const maps = images.map(({ map }) => map);
  const scores = scoresLike(maps, good);
  let at = 0;
  const regions: { descending: Float64Array }[] = [];
  for (const { map, mask, shape } of images) {
    for (let i = 0; i < mask.length; i++) if (mask[i] === 0) scores[at++] = map[i] as number;
    const { labels, sizes } = connectedComponents(mask, shape);
    const members = Array.from(sizes, (size) => new Float64Array(size));
    const filled = new Uint32Array(sizes.length);
    labels.forEach((label, i) => {
      if (label > 0) (members[label - 1] as Float64Array)[(filled[label - 1] as number)++] = map[i] as number;
    });
    for (const member of members) regions.push({ descending: member.sort().reverse() });
  }
  sortScores(scores, scoresLike(maps, good));

  const curve = { fpr: new Float64Array(count + 1), pro: new Float64Array(count + 1), thresholds: new Float64Array(count + 1) };
  const covered = new Uint32Array(regions.length); // thresholds fall from point to point: each region is walked once
  for (let point = 0; point < count; point++) {
    const position = Math.floor(((count - 1 - point) * (good - 1)) / (count - 1));
    const threshold = scores[position] as number;
    let pro = 0;
    regions.forEach(({ descending }, r) => {
      while ((descending[covered[r] as number] ?? -Infinity) > threshold) (covered[r] as number)++;
      pro += (covered[r] as number) / descending.length;
    });
    curve.fpr[point] = 1 - (position + 1) / good;
    curve.pro[point] = pro / regions.length;
    curve.thresholds[point] = threshold;
  }
  curve.fpr[count] = 1;
  curve.pro[count] = 1;
  curve.thresholds[count] = -Infinity;
  return curve;
}
