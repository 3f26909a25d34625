import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { pngDataSize, readPngHeader } from './png-header.js';

const inflated = promisify(inflate);

/** Deflate makes at most 1032 bytes out of one. */
const largestRatio = 1032;

/** A PNG's pixel data beside what its header promises. */
export interface PngPromise {
  /** The IDAT chunks put together: all rows, deflated. */
  readonly data: Uint8Array;
  /** Bytes of all rows, and of the longest. */
  readonly total: number;
  readonly row: number;
  /** Beginning of an error. */
  readonly claim: string;
}

/** Throws where a header promises more than the data can hold: decoders allocate what it asks for before they look. */
export function pngPromise(bytes: Uint8Array): PngPromise {
  const header = readPngHeader(bytes);
  const { total, row } = pngDataSize(header);
  const data = imageData(bytes);
  const claim = `its header says ${header.width}x${header.height}`;
  if (total > largestRatio * data.length) throw new Error(`${claim}, its ${data.length} bytes of data cannot hold that`);
  return { data, total, row, claim };
}

/** Throws where there are fewer rows than promised, or more: decoders read those as a smaller picture, silently. */
export async function checkPngRows({ data, total, row, claim }: PngPromise): Promise<void> {
  const rows = await inflated(data, { maxOutputLength: total + row - 1, chunkSize: Math.max(64, total + row) }).catch((cause: Error) => {
    const more = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new Error(more ? `${claim}, its data go on after that` : `its data do not inflate: ${cause.message}`, { cause });
  });
  if (rows.length < total) throw new Error(`${claim}, its data end before that`);
}

function imageData(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === 0x49444154) parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return Buffer.concat(parts);
}
