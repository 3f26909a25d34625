import { checkMap, checkPixels, type LabelledMap } from './labelled-map.js';
import { maskRuns } from './mask-runs.js';
import type { Ranking } from './ranking.js';
import { runRegions } from './run-regions.js';
import { createScoreBlocks } from './score-blocks.js';

/** Pixels of images, gathered one image at a time. */
export interface PixelRanking {
  /** Copies the pixels of an image; throws, and leaves it out, where its sizes differ or a score is not finite. */
  add(image: LabelledMap): void;
  /** Number of ground-truth components (8-connected), all images together. */
  readonly components: number;
  /**
   * The pixels of all images so far, defective ones weighted so that each component weighs the same.
   *
   * @throws when no pixel is defective, or none is good
   */
  ranking(): Ranking;
}

/** @param metric the name that errors begin with */
export function createPixelRanking(metric: string): PixelRanking {
  const positives = createScoreBlocks(); // a group is a component
  const negatives = createScoreBlocks();
  const sizes: number[] = []; // of each component
  let images = 0;
  return {
    add(image) {
      checkMap(metric, image, images);
      images++;
      const { map, mask, shape } = image;
      const runs = maskRuns(mask, shape);
      const { regions, count } = runRegions(runs, shape[1], 1);
      const first = sizes.length;
      for (let region = 0; region < count; region++) sizes.push(0);
      let good = 0; // where the next good pixels start
      for (let run = 0; run < regions.length; run++) {
        const start = runs.starts[run] as number;
        const end = runs.ends[run] as number;
        const component = first + (regions[run] as number);
        negatives.addRange(map, good, start);
        positives.addRange(map, start, end, component);
        (sizes[component] as number) += end - start;
        good = end;
      }
      negatives.addRange(map, good, map.length);
    },
    get components() {
      return sizes.length;
    },
    ranking() {
      checkPixels(metric, images, negatives.count, positives.count);
      return { positives, negatives, weights: Float64Array.from(sizes, (size) => 1 / (size * sizes.length)) };
    },
  };
}

/** The pixels of all images. */
export function rankPixels(metric: string, images: Iterable<LabelledMap>): PixelRanking {
  const pixels = createPixelRanking(metric);
  for (const image of images) pixels.add(image);
  return pixels;
}
