import { maskRuns } from './mask-runs.js';
import { runRegions } from './run-regions.js';

/** The connected regions of a mask, numbered in the order in which a row-by-row scan meets them. */
export interface Components {
  /** [H*W] 0 outside, 1 to `count` inside. */
  readonly labels: Int32Array;
  /** Number of regions. */
  readonly count: number;
  /** [count] Pixels of each region; region n stands at n - 1. */
  readonly sizes: Uint32Array;
}

/**
 * Labels the regions of a mask: runs of pixels in a row, joined with those of the row above that they touch.
 *
 * @param mask [H*W] row by row; what is not 0 is inside
 * @param connectivity 8: corners touch; 4: only edges do
 */
export function connectedComponents(mask: ArrayLike<number>, shape: readonly [number, number], connectivity: 4 | 8 = 8): Components {
  const [height, width] = shape;
  if (mask.length !== height * width) {
    throw new Error(`connectedComponents: expected ${height} x ${width} mask values, got ${mask.length}`);
  }
  if (connectivity !== 4 && connectivity !== 8) throw new Error(`connectedComponents: connectivity is 4 or 8, got ${String(connectivity)}`);
  const runs = maskRuns(mask, shape);
  const { regions, count } = runRegions(runs, width, connectivity === 8 ? 1 : 0);
  const labels = new Int32Array(mask.length);
  const sizes = new Uint32Array(count);
  regions.forEach((region, run) => {
    const start = runs.starts[run] as number;
    const end = runs.ends[run] as number;
    labels.fill(region + 1, start, end);
    (sizes[region] as number) += end - start;
  });
  return { labels, count, sizes };
}
