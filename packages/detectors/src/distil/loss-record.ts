/** The losses of distillation, in the order in which they are told. */
export const lossTerms = ['knowledge', 'compactness', 'triplet'] as const;

/** One loss of distillation. */
export type LossTerm = (typeof lossTerms)[number];

/** Losses by name, unweighted; one that does not count is absent. */
export type LossValues = Partial<Readonly<Record<LossTerm, number>>>;

/** Mean losses of the steps since the record before. */
export type LossRecord = LossValues & {
  /** Steps taken when it was made. */
  readonly step: number;
};

/** The records of a run, and the sums of what is not in one yet. */
export interface LossState {
  readonly records: readonly LossRecord[];
  /** Steps in `sums`. */
  readonly pending: number;
  readonly sums: LossValues;
}

/** A run before its first step. */
export const noLosses: LossState = { records: [], pending: 0, sums: {} };

/** The state after one more step; `close` ends a record with it. */
export function addLosses({ records, pending, sums }: LossState, values: LossValues, step: number, close: boolean): LossState {
  const next: LossState = { records, pending: pending + 1, sums: mapTerms(values, (value, term) => (sums[term] ?? 0) + value) };
  return close ? { records: [...records, { step, ...meanLosses(next) }], pending: 0, sums: {} } : next;
}

/** Means of the steps that are in no record yet. */
export function meanLosses({ pending, sums }: LossState): LossValues {
  return mapTerms(sums, (sum) => sum / Math.max(1, pending));
}

function mapTerms(values: LossValues, change: (value: number, term: LossTerm) => number): LossValues {
  return Object.fromEntries(lossTerms.flatMap((term) => (values[term] === undefined ? [] : [[term, change(values[term], term)]])));
}
