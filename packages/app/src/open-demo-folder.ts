import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { takeLock } from '@blemish/storage';
import { UsageError } from './errors.js';
import { fileReason } from './read-file-for.js';

/** What `blemish demo` leaves in its folder. The document is written first, so that the folder is known for a demo's. */
export const demoFiles = { document: 'demo.json', parts: 'parts', runs: 'ast', pictures: 'pictures' } as const;

const lockName = '.demo.lock';

/**
 * Makes the folder of a demo, and empties it of an earlier one's parts, runs and pictures; of nothing else.
 *
 * @returns lets others have it
 * @throws Error of one line: an earlier demo without `force`, a folder that holds other things, another process at work
 */
export async function openDemoFolder(out: string, force: boolean): Promise<() => Promise<void>> {
  await mkdir(out, { recursive: true }).catch((cause: unknown) => {
    throw new Error(`${out}: cannot make the folder: ${fileReason(cause)}`, { cause });
  });
  const lock = await takeLock(join(out, lockName));
  if (lock.kind === 'owner') throw new Error(`${out}: process ${lock.pid} on ${lock.host} works there since ${lock.since}`);
  try {
    const names = (await readdir(out)).filter((name) => name !== lockName);
    if (names.length > 0) {
      if (!names.includes(demoFiles.document)) throw new UsageError(`--out: ${out} holds other things than a demo's; take another folder`);
      if (!force) throw new Error(`${out}: an earlier demo is there; take another --out, or --force to replace it`);
      // The document stays until it is written anew: without it the folder would be nobody's.
      for (const name of [demoFiles.parts, demoFiles.runs, demoFiles.pictures]) await rm(join(out, name), { recursive: true, force: true });
    }
    return lock.release;
  } catch (error) {
    await lock.release();
    throw error;
  }
}
