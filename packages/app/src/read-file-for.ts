import { readFile } from 'node:fs/promises';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
};

/** Why a file could not be used, in a few words. */
export function fileReason(cause: unknown): string {
  const { code = '', message = String(cause) } = cause as NodeJS.ErrnoException;
  return reasons[code] ?? message;
}

/**
 * Reads a file that an option or argument names.
 *
 * @param what what it is to its user, such as `the weights`
 * @throws Error of one line: the file, what it should have been, and why it cannot be read
 */
export async function readFileFor(path: string, what: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Error(`${path}: cannot read ${what}: ${fileReason(cause)}`, { cause });
  }
}

/** The same as text. */
export async function readTextFor(path: string, what: string): Promise<string> {
  return new TextDecoder().decode(await readFileFor(path, what));
}
