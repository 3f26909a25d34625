import type { GoldenArray } from './read-golden.js';
import { uniformTensor } from './mulberry32.js';

/** How a golden JSON file describes an array that it does not store. */
export type SeededArray = { readonly shape: readonly number[] } & (
  | { readonly seed: number; readonly lo: number; readonly hi: number }
  | { readonly const: number }
);

/** The array so described, in the layout of its shape. */
export function seededArray(described: SeededArray): GoldenArray {
  const { shape } = described;
  const count = shape.reduce((product, edge) => product * edge, 1);
  const data =
    'const' in described
      ? new Float32Array(count).fill(described.const)
      : uniformTensor(described.seed, count, described.lo, described.hi);
  return { shape, data };
}
