import { readFileSync, statSync, type Stats } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';

/** A file's content, or a one-line error that says what stands there instead. */
export async function readBytes(path: string): Promise<Uint8Array> {
  return withPath(path, () => readFile(path));
}

/** The same at once, for a thread of its own: waiting for each step of the reading takes it longer than the reading. */
export function readBytesNow(path: string): Uint8Array {
  try {
    requireFile(statSync(path));
    return readFileSync(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** At most the first `count` bytes of a file. */
export async function readHead(path: string, count: number): Promise<Uint8Array> {
  return withPath(path, async () => {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  });
}

async function withPath(path: string, read: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    requireFile(await stat(path));
    return await read();
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** A pipe or a device would be waited for without end. */
function requireFile(entry: Stats): void {
  if (entry.isDirectory()) throw new Error('a folder, not an image');
  if (!entry.isFile()) throw new Error('not a regular file');
}

function unreadable(path: string, cause: unknown): Error {
  return new Error(`${path}: ${reason(cause as NodeJS.ErrnoException)}`, { cause });
}

function reason(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'no such file';
  if (error.code === 'EACCES' || error.code === 'EPERM') return 'not allowed to read it';
  return error.message;
}
