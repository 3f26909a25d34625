import { availableParallelism } from 'node:os';

/**
 * How many threads the native engine gets: `BLEMISH_THREADS`, or as many as this process may run at once.
 *
 * @throws Error where `BLEMISH_THREADS` is no whole number of at least 1
 */
export function threadCount(): number {
  const asked = process.env['BLEMISH_THREADS'];
  if (asked === undefined || asked === '') return availableParallelism();
  const threads = Number(asked);
  if (!Number.isInteger(threads) || threads < 1) throw new Error(`BLEMISH_THREADS: expected a whole number of at least 1, got ${asked}`);
  return threads;
}
