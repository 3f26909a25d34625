import type { MaskRuns } from './mask-runs.js';

/** Which connected region each run of a mask belongs to. */
export interface RunRegions {
  /** [runs] From 0 on, in the order in which a row-by-row scan meets the regions. */
  readonly regions: Uint32Array;
  /** Number of regions. */
  readonly count: number;
}

/**
 * Joins runs that touch into regions: a run belongs with those of the row above whose columns it meets.
 *
 * @param reach columns by which they may miss each other: 1 where corners touch (connectivity 8), 0 where only edges do (4)
 */
export function runRegions({ starts, ends, rows }: MaskRuns, width: number, reach: 0 | 1): RunRegions {
  const parents = new Uint32Array(starts.length); // of each run; that of a region's first run is the run itself
  for (let y = 0; y + 1 < rows.length; y++) {
    const first = rows[y] as number;
    let above = y === 0 ? first : (rows[y - 1] as number);
    for (let run = first; run < (rows[y + 1] as number); run++) {
      parents[run] = run;
      const from = (starts[run] as number) - width - reach; // where the row above touches this run
      const to = (ends[run] as number) - width + reach;
      while (above < first && (ends[above] as number) <= from) above++;
      for (let other = above; other < first && (starts[other] as number) < to; other++) join(parents, other, run);
    }
  }
  const regions = new Uint32Array(starts.length);
  let count = 0;
  for (let run = 0; run < parents.length; run++) {
    const first = root(parents, run);
    regions[run] = first === run ? count++ : (regions[first] as number);
  }
  return { regions, count };
}

function join(parents: Uint32Array, a: number, b: number): void {
  const first = root(parents, a);
  const second = root(parents, b);
  if (first < second) parents[second] = first;
  else parents[first] = second;
}

function root(parents: Uint32Array, run: number): number {
  let at = run;
  while (parents[at] !== at) {
    parents[at] = parents[parents[at] as number] as number; // halves the path
    at = parents[at] as number;
  }
  return at;
}
