import { weightBits, type FixedWeights } from './triangle-weights.js';

// A weight, 0 to 2^22, is high * 2^11 + low: both halves fit signed 16 bits.
const halfBits = weightBits / 2;
const lowMask = (1 << halfBits) - 1;

/** Weights as a kernel of `resize-rgb.wat` reads them. */
export interface KernelWeights {
  readonly bytes: Uint8Array;
  /** Groups of weights for each pixel: blocks of four for `rows`, pairs for `column`. */
  readonly groups: number;
  /** Bytes of one pixel's entry. */
  readonly entry: number;
}

/** The table of `rows`: for each pixel the offset of its first source pixel, then in blocks of four high and low halves. */
export function rowsWeights(weights: FixedWeights): KernelWeights {
  const table = groupedWeights(weights, 4, 4);
  const view = new DataView(table.bytes.buffer);
  weights.first.forEach((first, x) => view.setInt32(x * table.entry, first * 3, true));
  return table;
}

/** The table of `column`: for each row of the result, in pairs, high and low halves. */
export function columnWeights(weights: FixedWeights): KernelWeights {
  return groupedWeights(weights, 2, 0);
}

/** Entries of `head` bytes left free and groups of `size` weights: all high halves of the group, then all low ones. */
function groupedWeights({ taps, count, weights }: FixedWeights, size: number, head: number): KernelWeights {
  const groups = Math.ceil(count.reduce((most, n) => Math.max(most, n), 1) / size);
  const entry = head + groups * size * 4;
  const bytes = new Uint8Array(count.length * entry);
  const view = new DataView(bytes.buffer);
  count.forEach((n, i) => {
    for (let k = 0; k < n; k++) {
      const weight = weights[i * taps + k] as number;
      const at = i * entry + head + Math.floor(k / size) * size * 4 + (k % size) * 2;
      view.setInt16(at, weight >> halfBits, true);
      view.setInt16(at + size * 2, weight & lowMask, true);
    }
  });
  return { bytes, groups, entry };
}
