import { inflateSync } from 'node:zlib';
import { inflateLzw } from './lzw.js';
import { unpackBits } from './pack-bits.js';

/** A way in which blocks are compressed. */
interface Compression {
  /** Bytes that can come out of one: a block that promises more is refused before anything is allocated. */
  readonly ratio: number;
  /** At most `most` bytes. */
  readonly inflate: (data: Uint8Array, most: number) => Uint8Array;
}

const deflate: Compression = { ratio: 1032, inflate };

const compressions: Readonly<Record<number, Compression>> = {
  1: { ratio: 1, inflate: (data) => data },
  5: { ratio: 2560, inflate: inflateLzw }, // twelve bits stand for up to 3838 bytes
  8: deflate,
  32773: { ratio: 64, inflate: unpackBits },
  32946: deflate,
};

const names: Readonly<Record<number, string>> = { 2: 'CCITT', 3: 'CCITT', 4: 'CCITT', 6: 'JPEG', 7: 'JPEG', 34887: 'LERC', 50000: 'Zstandard', 50001: 'WebP' };

/** The compression that a file names, or an error that begins with `name`. */
export function compressionOf(code: number, name: string): Compression {
  const found = Object.hasOwn(compressions, code) ? compressions[code] : undefined;
  if (found) return found;
  throw new Error(`${name}: a TIFF compressed by ${names[code] ?? `method ${code}`}; uncompressed, LZW, deflate and PackBits are read`);
}

function inflate(data: Uint8Array, most: number): Uint8Array {
  try {
    // One more than there may be: filling a chunk to its end makes zlib allocate another.
    return inflateSync(data, { maxOutputLength: most, chunkSize: Math.max(64, most + 1) });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new Error(code === 'ERR_BUFFER_TOO_LARGE' ? `a block goes on after ${most} bytes` : `a block does not inflate: ${message}`, { cause });
  }
}
