import { connectedComponents } from './connected-components.js';
import { checkMaps, type LabelledMap } from './labelled-map.js';
import { rankSteps, type RankSteps } from './rank-steps.js';
import { scoresLike, type Scores } from './scores.js';

/** Good pixels are sorted in blocks of at least this many; more where there are more defective ones, to stay linear. */
const BLOCK = 1 << 20;

/** Ranked pixels of all images, defective ones weighted so that each ground-truth component counts the same. */
export interface PixelSteps extends RankSteps {
  /** Number of ground-truth components, all images together. */
  readonly components: number;
}

/**
 * Ranks the pixels of all images together. Beside the maps it needs memory for the defective pixels, and one block of
 * the good ones.
 */
export function pixelSteps(metric: string, images: readonly LabelledMap[]): PixelSteps {
  const { defective, good } = checkMaps(metric, images);
  const maps = images.map(({ map }) => map);
  const positives = scoresLike(maps, defective);
  const component = new Uint32Array(defective); // of each defective pixel
  const sizes: number[] = []; // of each component
  let at = 0;
  for (const { map, mask, shape } of images) {
    if (mask.every((value) => value === 0)) continue;
    const regions = connectedComponents(mask, shape);
    const before = sizes.length;
    for (let i = 0; i < mask.length; i++) {
      if (mask[i] === 0) continue;
      positives[at] = map[i] as number;
      component[at++] = before + (regions.labels[i] as number) - 1;
    }
    for (const size of regions.sizes) sizes.push(size);
  }
  const block = scoresLike(maps, Math.min(good, Math.max(BLOCK, defective)));
  const weights = Float64Array.from(sizes, (size) => 1 / (size * sizes.length));
  const steps = rankSteps(positives, goodPixels(images, block), (i) => weights[component[i] as number] as number);
  return { ...steps, components: sizes.length };
}

/** The good pixels' scores, a block at a time in the same memory. */
function* goodPixels(images: readonly LabelledMap[], block: Scores): Generator<Scores> {
  let filled = 0;
  for (const { map, mask } of images) {
    for (let i = 0; i < mask.length; i++) {
      if (mask[i] !== 0) continue;
      block[filled++] = map[i] as number;
      if (filled === block.length) {
        yield block;
        filled = 0;
      }
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}
