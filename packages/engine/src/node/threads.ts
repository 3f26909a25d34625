import { availableParallelism } from 'node:os';

/**
 * How many threads compute, inside the native engine or over images where an engine has one: `BLEMISH_THREADS`, or
 * TensorFlow's own `TF_NUM_INTRAOP_THREADS`, or as many as this process may run at once.
 *
 * @throws Error where a variable is no whole number of at least 1
 */
export function threadCount(): number {
  for (const variable of ['BLEMISH_THREADS', 'TF_NUM_INTRAOP_THREADS']) {
    const asked = process.env[variable];
    if (asked === undefined || asked === '') continue;
    const threads = Number(asked);
    if (!Number.isInteger(threads) || threads < 1) throw new Error(`${variable}: expected a whole number of at least 1, got ${asked}`);
    return threads;
  }
  return availableParallelism();
}
