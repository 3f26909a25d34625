import { expectClose, maxAbs, type Closeness } from './expect-close.js';

/** What a golden JSON file holds of an array that it does not store. */
export interface Statistics {
  readonly stats: { readonly min: number; readonly max: number; readonly l2: number };
  readonly samples: { readonly flat_index: readonly number[]; readonly value: readonly number[] };
}

/** Holds samples of an array to `relative` times its largest value, and its norm to `relative` times the norm. */
export function expectStatistics(
  values: ArrayLike<number>,
  { stats, samples }: Statistics,
  relative: number,
  where: Omit<Closeness, 'tolerance'>,
): void {
  const sampled = samples.flat_index.map((i) => values[i] as number);
  expectClose(sampled, samples.value, { ...where, tolerance: relative * maxAbs([stats.min, stats.max]) });
  expect(Math.abs(norm(values) - stats.l2)).toBeLessThanOrEqual(relative * stats.l2);
}

/** Root of the sum of squares. */
export function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2;
  return Math.sqrt(sum);
}
