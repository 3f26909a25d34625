import { zerosEnd } from './copy-scores.js';

/** Pixels inside a mask that lie side by side in a row: run r holds those from `starts[r]` up to `ends[r]`. */
export interface MaskRuns {
  /** Indices into the mask, ascending. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** [H+1] Row y has the runs from `rows[y]` up to `rows[y + 1]`. */
  readonly rows: Uint32Array;
}

/** The runs of a mask, [H*W] row by row; what is not 0 is inside. */
export function maskRuns(mask: ArrayLike<number>, [height, width]: readonly [number, number]): MaskRuns {
  const starts: number[] = [];
  const ends: number[] = [];
  const rows = new Uint32Array(height + 1);
  for (let y = 0; y < height; y++) {
    const rowEnd = (y + 1) * width;
    for (let i = zerosEnd(mask, y * width, rowEnd); i < rowEnd; i = zerosEnd(mask, i, rowEnd)) {
      starts.push(i);
      while (i < rowEnd && mask[i] !== 0) i++;
      ends.push(i);
    }
    rows[y + 1] = starts.length;
  }
  return { starts, ends, rows };
}
