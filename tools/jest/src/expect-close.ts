import { appendFileSync } from 'node:fs';

/** What is compared, and how closely: the absolute error allowed, and where the table of errors lists it. */
export interface Closeness {
  /** Largest absolute error allowed. */
  readonly tolerance: number;
  /** Row of the table of errors, such as `flow small_24_cond z`. */
  readonly label: string;
  /** Column of that table: the backend, or `pure`. */
  readonly backend: string;
  /** Which of several arrays that share a row it is, for the message. */
  readonly detail?: string;
}

/**
 * Holds `actual` to `expected` element by element, NaN allowed nowhere, and reports the largest error; with
 * `BLEMISH_ERRORS=FILE` it appends `{label, backend, error, tolerance, scale}` as a JSON line, from which the table in
 * docs/ is made.
 */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, closeness: Closeness): void {
  const { tolerance, label, backend, detail } = closeness;
  const where = `${label}${detail === undefined ? '' : ` ${detail}`} [${backend}]`;
  if (actual.length !== expected.length) {
    throw new Error(`${where}: expected ${expected.length} values, got ${actual.length}`);
  }
  let error = 0;
  let at = 0;
  let scale = 0;
  for (let i = 0; i < expected.length; i++) {
    const want = expected[i] as number;
    const difference = Math.abs((actual[i] as number) - want);
    scale = Math.max(scale, Math.abs(want));
    if (!(difference <= error)) {
      error = difference;
      at = i;
      if (Number.isNaN(difference)) break;
    }
  }
  const file = process.env['BLEMISH_ERRORS'];
  if (file) appendFileSync(file, `${JSON.stringify({ label, backend, error, tolerance, scale })}\n`);
  if (!(error <= tolerance)) {
    throw new Error(
      `${where}: error ${error} at ${at} (expected ${expected[at]}, got ${actual[at]}); allowed ${tolerance}, largest |value| ${scale}`,
    );
  }
}

/** The largest absolute value, to which relative tolerances refer. */
export function maxAbs(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i] as number));
  return largest;
}
