import type { NdArray } from 'ndarray';
import { cleanDepth } from './clean-depth.js';
import { neighbourMean } from './neighbour-mean.js';

/** How gaps are filled. */
export interface FillGapsOptions {
  /**
   * `official` (default): as the released code, `passes` times, row 0 and column 0 never; `full`: until nothing is
   * missing, the border and large holes too.
   */
  readonly mode?: FillMode;
  /** Passes of `official` (default 3): how many pixels deep a hole is filled from its rim. `full` does not read it. */
  readonly passes?: number;
}

/** See {@link FillGapsOptions}. */
export type FillMode = 'official' | 'full';

/** Smallest float32 above 0: a fill value that happens to be 0 would read as missing. */
const tiny = 2 ** -149;

/**
 * Fills missing pixels from the rim of each hole inwards: in one pass a missing pixel with measured 3x3 neighbours takes
 * their mean, all read from the map before the pass (preprocess.py of the released AST code). No measured value changes.
 *
 * Time is linear in the map and, in each of the `passes`, in what is still missing; `full` visits each missing pixel once.
 *
 * @param z depth [H,W], metres; 0, NaN and the infinities are missing
 * @returns a copy [H,W]; under `full` without a 0, unless nothing at all was measured
 */
export function fillGaps(z: NdArray<Float32Array>, { mode = 'official', passes = 3 }: FillGapsOptions = {}): NdArray<Float32Array> {
  if (mode !== 'official' && mode !== 'full') throw new Error(`fillGaps: expected the mode official or full, got ${String(mode)}`);
  if (!(Number.isInteger(passes) && passes >= 0)) throw new Error(`fillGaps: expected a whole number of passes, got ${passes}`);
  const filled = cleanDepth(z);
  const [height, width] = filled.shape as [number, number];
  if (mode === 'full') fillAll(filled.data, width);
  else fillPasses(filled.data, height, width, passes);
  return filled;
}

/** The released code's: where its slices begin at -1, in row 0 and column 0, they are empty, so nothing is filled there. */
function fillPasses(data: Float32Array, height: number, width: number, passes: number): void {
  let missing = 0;
  for (let i = width; i < data.length; i++) if (data[i] === 0 && i % width > 0) missing++;
  const gaps = new Int32Array(missing); // indices, in reading order
  for (let y = 1, n = 0; y < height; y++) {
    for (let x = 1, i = y * width + 1; x < width; x++, i++) if (data[i] === 0) gaps[n++] = i;
  }
  const means = new Float32Array(missing);
  for (let pass = 0; pass < passes && missing > 0; pass++) {
    for (let k = 0; k < missing; k++) {
      const at = gaps[k] as number;
      means[k] = neighbourMean(data, at, at % width, width);
    }
    let left = 0;
    for (let k = 0; k < missing; k++) {
      const mean = means[k] as number;
      if (mean === mean && mean !== 0) data[gaps[k] as number] = mean;
      else gaps[left++] = gaps[k] as number; // no neighbour, or opposite ones
    }
    if (left === missing) return;
    missing = left;
  }
}

/** The same rule, borders included, to the end: breadth first, ring by ring from the rims of the holes. */
function fillAll(data: Float32Array, width: number): void {
  const waits = new Uint8Array(data.length); // 1: missing, and in no ring so far
  let missing = 0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] !== 0) continue;
    waits[i] = 1;
    missing++;
  }
  if (missing === data.length) return;
  const ring = new Int32Array(missing); // rings one after the other: every missing pixel joins once
  const means = new Float32Array(missing);
  let end = 0;
  for (let i = 0; i < data.length; i++) {
    if (waits[i] === 0) continue;
    const mean = neighbourMean(data, i, i % width, width);
    if (mean !== mean) continue;
    waits[i] = 0;
    ring[end++] = i;
  }
  for (let start = 0; start < end; ) {
    const stop = end;
    for (let k = start; k < stop; k++) {
      const at = ring[k] as number;
      means[k] = neighbourMean(data, at, at % width, width) || tiny;
    }
    for (let k = start; k < stop; k++) data[ring[k] as number] = means[k] as number;
    for (let k = start; k < stop; k++) {
      const at = ring[k] as number;
      const x = at % width;
      const first = x > 0 ? -1 : 0;
      const last = x < width - 1 ? 1 : 0;
      for (let middle = at - width; middle <= at + width; middle += width) {
        if (middle < 0 || middle >= data.length) continue;
        for (let i = middle + first; i <= middle + last; i++) {
          if (waits[i] === 0) continue;
          waits[i] = 0;
          ring[end++] = i;
        }
      }
    }
    start = stop;
  }
}
