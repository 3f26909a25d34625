import type { LabeledFile } from '@blemish/datasets';
import type { ScoredSample, ScoreReduction } from '@blemish/detectors';
import { createPixelEvaluation } from '@blemish/metrics';
import { runMetrics, type RunMetrics, type ScoredImage } from './run-metrics.js';
import { sizeOfMap } from './size-of-map.js';

/** Test images that are scored one by one, and what the scores are worth together. */
export interface GatheredMetrics {
  /** The images so far. */
  readonly images: readonly ScoredImage[];
  /**
   * Takes in an image.
   *
   * @param mask ground truth at the map's size; an image without is left out of the pixel metrics
   */
  add(file: LabeledFile, scored: Pick<ScoredSample, 'scores' | 'map'>, mask: Uint8Array | undefined): void;
  metrics(reduction: ScoreReduction): RunMetrics;
}

/** Gathers the scores and maps of these test images. */
export function gatherMetrics(files: readonly LabeledFile[]): GatheredMetrics {
  const defective = files.filter(({ label }) => label === 1);
  const isMasked = defective.some(({ maskPath }) => maskPath !== undefined);
  const images: ScoredImage[] = [];
  const pixels = createPixelEvaluation();
  let missing = isMasked ? undefined : defective.length === 0 ? 'no image is defective' : `none of the ${defective.length} defective images has a mask`;
  return {
    images,
    add({ id, defect, label }, { scores, map }, mask) {
      images.push({ id, defect, label, scores });
      if (missing !== undefined || mask === undefined) return;
      try {
        pixels.add({ map: map.data, mask, shape: sizeOfMap(map) });
      } catch (error) {
        missing = error instanceof Error ? error.message : String(error);
      }
    },
    metrics: (reduction) => runMetrics(images, missing === undefined ? pixels : { missing }, reduction),
  };
}
