import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import type { PngHeader } from './png-header.js';
import { pngPasses } from './png-passes.js';

const inflated = promisify(inflate);

/** Deflate makes at most 1032 bytes out of one. */
const largestRatio = 1032;

/**
 * A PNG's rows as their filters leave them, one filter byte before each, pass by pass.
 *
 * @param data the IDAT chunks put together
 * @throws where there are fewer rows than the header promises, or more: most decoders read those as a smaller picture,
 *   silently, and allocate what a header promises before they look
 */
export async function inflateRows(data: Uint8Array, header: PngHeader): Promise<Uint8Array> {
  const passes = pngPasses(header);
  const total = passes.reduce((sum, { rows, length }) => sum + rows * (1 + length), 0);
  const row = 1 + Math.max(...passes.map(({ length }) => length));
  const claim = `its header says ${header.width}x${header.height}`;
  if (total > largestRatio * data.length) throw new Error(`${claim}, its ${data.length} bytes of data cannot hold that`);
  // Room for one row more than there should be tells whether there is more.
  const rows = await inflated(data, { maxOutputLength: total + row - 1, chunkSize: Math.max(64, total + row) }).catch((cause: Error) => {
    const more = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new Error(more ? `${claim}, its data go on after that` : `its data do not inflate: ${cause.message}`, { cause });
  });
  if (rows.length < total) throw new Error(`${claim}, its data end before that`);
  return new Uint8Array(rows.buffer, rows.byteOffset, total); // a Buffer's own `slice` would not copy
}
