import { execFileSync } from 'node:child_process';
import type { WriteOptions } from '../write-atomic.js';
import { temporaryFolder } from './temporary-folder.js';

/** A folder on a disk that is soon full. */
export interface SmallDisk {
  readonly folder: string;
  /** Given to what writes there where the full disk must be played. */
  readonly write: WriteOptions['write'];
  readonly remove: () => void;
}

/** A file system of 64 KiB in memory where this process may mount one, else a folder and a writer that fails alike. */
export function createSmallDisk(): SmallDisk {
  const folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    return { folder, write: undefined, remove: () => execFileSync('umount', [folder], { stdio: 'ignore' }) };
  } catch {
    return { folder, write: playFullDisk, remove: () => undefined };
  }
}

/** Writes the first 64 KiB, then fails as a full disk does. */
export const playFullDisk: NonNullable<WriteOptions['write']> = async (file, bytes) => {
  await file.writeFile(bytes.subarray(0, 65536));
  if (bytes.length > 65536) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
};
