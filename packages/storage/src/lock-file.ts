import { constants, copyFile, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, fileError } from './file-error.js';
import { isProcessAlive } from './is-process-alive.js';
import { temporaryName } from './temporary-name.js';

/** A lock that this process holds. */
export interface FileLock {
  readonly kind: 'lock';
  /** Gives it up; a second call does nothing. */
  readonly release: () => Promise<void>;
}

/** Who holds a lock that was not to be had. */
export interface LockOwner {
  readonly kind: 'owner';
  readonly pid: number;
  readonly host: string;
  /** When it was taken, ISO 8601. */
  readonly since: string;
}

/** After this long a lock file that names no owner was left by a process that died while it wrote it. */
const writingMs = 5000;

/** Locks of this process: one that names our own id and is not among them is left over from before a restart. */
const held = new Set<string>();

/**
 * Takes the lock that the file at `path` stands for; its folder must be there. One left by a process of this machine that
 * has died is taken over; one of another machine is not, for nobody here can know whether its owner lives.
 *
 * @returns the lock, or its present owner
 */
export async function takeLock(path: string): Promise<FileLock | LockOwner> {
  for (;;) {
    if (await createLock(path)) return lockOf(path);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) continue; // given up just now
    const owner = parseOwner(text);
    if (owner && isHeld(path, owner)) return owner;
    if (owner || (await isOlderThan(path, writingMs))) await removeStale(path, text);
    else await sleep(50);
  }
}

async function createLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    held.add(path);
    try {
      await file.writeFile(JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() }));
    } finally {
      await file.close();
    }
    return true;
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return false;
    if (held.delete(path)) await rm(path, { force: true });
    throw fileError(path, 'cannot write the lock', cause);
  }
}

function lockOf(path: string): FileLock {
  let isReleased = false;
  return {
    kind: 'lock',
    release: async () => {
      if (isReleased) return;
      isReleased = true;
      held.delete(path);
      await rm(path, { force: true });
    },
  };
}

function isHeld(path: string, { pid, host }: LockOwner): boolean {
  if (host !== hostname()) return true;
  return pid === process.pid ? held.has(path) : isProcessAlive(pid);
}

/** Removes the lock file that reads `text`, and puts back another one that may have taken its place meanwhile. */
async function removeStale(path: string, text: string): Promise<void> {
  const aside = temporaryName(path);
  try {
    await rename(path, aside);
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return;
    throw fileError(path, 'cannot take over the lock of a dead process', cause);
  }
  const isStale = (await readFile(aside, 'utf8').catch(() => text)) === text;
  if (!isStale) await copyFile(aside, path, constants.COPYFILE_EXCL).catch(() => undefined);
  await rm(aside, { force: true });
}

function parseOwner(text: string): LockOwner | undefined {
  try {
    const { pid, host, since } = JSON.parse(text) as Partial<LockOwner>;
    const isComplete = typeof pid === 'number' && typeof host === 'string' && typeof since === 'string';
    return isComplete ? { kind: 'owner', pid, host, since } : undefined;
  } catch {
    return undefined;
  }
}

async function isOlderThan(path: string, ms: number): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts !== undefined && Date.now() - facts.mtimeMs > ms;
}
