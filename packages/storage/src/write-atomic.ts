import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError } from './file-error.js';
import { temporaryName } from './temporary-name.js';

/** How to write; the defaults are right for everything that must survive a power failure. */
export interface WriteOptions {
  /** False where losing the file costs only time: not flushed to the disk before it gets its name. */
  readonly durable?: boolean;
  /** Writes all bytes to an open file; tests put failures here. */
  readonly write?: (file: FileHandle, bytes: Uint8Array) => Promise<void>;
}

/**
 * Writes a file so that a crash at any moment leaves the old file or the new one, whole: to a temporary name in the same
 * folder, flushed, then renamed. Makes the folders above it.
 *
 * @param path the file's name
 * @param data its bytes, or text for UTF-8
 * @throws Error of one line naming the file; the old file is as it was, and the temporary one is gone
 */
export async function writeAtomic(path: string, data: Uint8Array | string, options: WriteOptions = {}): Promise<void> {
  const { durable = true, write = writeAll } = options;
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  const temporary = temporaryName(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      await write(file, bytes);
      if (durable) await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    if (durable) await syncFolder(dirname(path));
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError(path, `cannot write its ${bytes.length} bytes`, cause);
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  await file.writeFile(bytes);
}

/** Makes the folder's own entries survive a power failure, where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders, and some file systems cannot flush them.
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
