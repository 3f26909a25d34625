import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isProcessAlive } from './is-process-alive.js';

/** This machine, in letters that a file name can hold. */
const host = hostname().replace(/[^A-Za-z0-9]/g, '').slice(0, 32) || 'host';

/** After this long no writer is still at work, wherever it ran. */
const abandonedMs = 24 * 3600 * 1000;

/** The names that `temporaryName` gives, with the writer's host and process. */
const pattern = /^\..+\.([A-Za-z0-9]+)-(\d+)-\d+\.tmp$/;

let count = 0;

/** A name in the same folder as `path` that no other writer uses and that says who writes: `.name.host-pid-count.tmp`. */
export function temporaryName(path: string): string {
  count += 1;
  return join(dirname(path), `.${basename(path)}.${host}-${process.pid}-${count}.tmp`);
}

/** Removes the temporary files and folders in `folder` whose writers have died; a folder that is not there has none. */
export async function sweepTemporaryFiles(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, writerHost, pid] = pattern.exec(name) ?? [];
    if (writerHost === undefined) continue;
    const path = join(folder, name);
    const isDead = writerHost === host && !isProcessAlive(Number(pid));
    if (isDead || (await isAbandoned(path))) await rm(path, { recursive: true, force: true });
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts !== undefined && Date.now() - facts.mtimeMs > abandonedMs;
}
