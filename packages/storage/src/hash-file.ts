import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { fileError } from './file-error.js';

/** The SHA-256 of a file in hexadecimal, read piece by piece. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(piece as Uint8Array);
  } catch (cause) {
    throw fileError(path, 'cannot read it', cause);
  }
  return hash.digest('hex');
}
