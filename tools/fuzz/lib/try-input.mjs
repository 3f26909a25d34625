// @ts-check
import { allocated } from './count-allocations.mjs';
import { allocationLimit } from './limits.mjs';

const name = 'input.bin';

/**
 * What came of one input; `share` is what it allocated of what it may.
 * @typedef {{ read: boolean, milliseconds: number, share: number, finding?: string }} Outcome
 */

/**
 * Reads one input and judges what came of it.
 *
 * @param {import('./options.mjs').Format} format
 * @param {(bytes: Uint8Array, name: string) => Promise<{ shape: readonly number[], data: ArrayLike<number> }>} read
 * @param {Uint8Array} bytes
 * @returns {Promise<Outcome>}
 */
export async function tryInput(format, read, bytes) {
  const before = process.memoryUsage().arrayBuffers;
  allocated.bytes = 0;
  const start = performance.now();
  /** @type {string | undefined} */
  let finding;
  let wasRead = false;
  try {
    const { shape, data } = await read(bytes, name);
    wasRead = true;
    if (shape.reduce((product, size) => product * size, 1) !== data.length) finding = `read ${data.length} values for the shape ${shape}`;
  } catch (error) {
    finding = badError(error);
  }
  const milliseconds = performance.now() - start;
  const grown = Math.max(allocated.bytes, process.memoryUsage().arrayBuffers - before);
  const limit = allocationLimit(format, bytes);
  if (grown > limit) finding ??= `allocated ${grown} bytes for a file of ${bytes.length}, allowed ${limit}`;
  return { read: wasRead, milliseconds, share: grown / limit, ...(finding !== undefined && { finding }) };
}

/**
 * Why an error is not one that a reader should throw: not one line that begins with the name, or a slip of the reader's own.
 * @param {unknown} error
 */
export function badError(error) {
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  const { message } = error;
  if (!message.startsWith(`${name}: `)) return `error without the name: ${firstFrame(error)}`;
  if (/[\r\n]/.test(message)) return `error of several lines: ${JSON.stringify(message)}`;
  if (message.length > 400) return `error of ${message.length} characters: ${JSON.stringify(message.slice(0, 100))}`;
  for (let cause = error; cause instanceof Error; cause = /** @type {Error} */ (cause.cause)) {
    const isSlip = cause instanceof TypeError || cause instanceof ReferenceError || cause instanceof RangeError;
    if (isSlip && /** @type {NodeJS.ErrnoException} */ (cause).code === undefined) return `a slip: ${firstFrame(cause)}`;
  }
  return undefined;
}

function firstFrame(/** @type {Error} */ error) {
  return (error.stack ?? error.message).split('\n').slice(0, 2).map((line) => line.trim()).join(' ');
}
