import { readFile } from 'node:fs/promises';
import { errorCode, fileError } from './file-error.js';

/** The bytes of a file, or undefined where there is none; any other failure is an error naming the file. */
export async function readIfExists(path: string): Promise<Uint8Array | undefined> {
  try {
    const { buffer, byteOffset, byteLength } = await readFile(path);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined;
    throw fileError(path, 'cannot read it', cause);
  }
}
