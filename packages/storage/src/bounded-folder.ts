import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sweepTemporaryFiles } from './temporary-name.js';

/** Keeps the files of a folder below a limit by removing those used longest ago. */
export interface BoundedFolder {
  /** Counts `bytes` just written and makes room when that passes the limit. */
  readonly added: (bytes: number) => Promise<void>;
  /** How many files have been removed. */
  readonly evicted: () => number;
}

interface Entry {
  readonly path: string;
  readonly bytes: number;
  readonly used: number;
}

/**
 * Bounds the files in `folder` whose names `matches` takes; others are left alone. A file's modification time says when it
 * was last used.
 *
 * The newest file always stays. The folder is read only now and then, when what this process wrote since could have passed
 * the limit: each other writer may go past it by a sixteenth of it in between.
 */
export function createBoundedFolder(folder: string, limitBytes: number, matches: (name: string) => boolean): BoundedFolder {
  let known = Infinity; // bytes at the last look
  let since = 0; // bytes written since
  let evicted = 0;
  let turn = Promise.resolve();

  const makeRoom = async (): Promise<void> => {
    if (known + since <= limitBytes && since <= limitBytes / 16) return;
    since = 0;
    await sweepTemporaryFiles(folder);
    const entries = await listEntries(folder, matches);
    known = entries.reduce((sum, { bytes }) => sum + bytes, 0);
    if (known <= limitBytes) return;
    // A little further than needed, so that not every write looks through the folder.
    for (const { path, bytes } of entries.sort((a, b) => a.used - b.used).slice(0, -1)) {
      await rm(path, { force: true });
      evicted += 1;
      known -= bytes;
      if (known <= 0.9 * limitBytes) break;
    }
  };

  return {
    added: (bytes) => {
      since += bytes;
      turn = turn.catch(() => undefined).then(makeRoom);
      return turn;
    },
    evicted: () => evicted,
  };
}

async function listEntries(folder: string, matches: (name: string) => boolean): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const name of await readdir(folder)) {
    if (!matches(name)) continue;
    const path = join(folder, name);
    const facts = await stat(path).catch(() => undefined); // another process may have removed it
    if (facts) entries.push({ path, bytes: facts.size, used: facts.mtimeMs });
  }
  return entries;
}
