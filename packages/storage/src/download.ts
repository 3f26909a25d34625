import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchInto, isFinal, type DownloadProgress } from './fetch-into.js';
import { errorReason } from './file-error.js';
import { hashFile } from './hash-file.js';
import { remoteSize } from './remote-size.js';
import { takeLock, type FileLock } from './lock-file.js';
import { syncFolder } from './write-atomic.js';

/** What to download, and how to know it is right. */
export interface DownloadOptions {
  readonly url: string;
  /** First hexadecimal digits of the file's SHA-256. */
  readonly sha256Prefix: string;
  /** The file's length in bytes; the server is asked where it is not known. */
  readonly size?: number;
  /** Where it is kept; made if it is not there. */
  readonly folder: string;
  /** Its name there; by default the last part of the address. */
  readonly fileName?: string;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Stops the download; what has arrived is kept and continued next time. */
  readonly signal?: AbortSignal;
  /** What fetches; by default the global one. */
  readonly fetch?: typeof globalThis.fetch;
  /** How often a broken connection is taken up again before giving up. */
  readonly retries?: number;
  /** Milliseconds of silence after which a connection counts as broken. */
  readonly stallMs?: number;
}

/**
 * Downloads a file once: kept as `<name>.part` while it arrives, continued after a broken connection, an abort or a crash,
 * checked for length and hash, and only then given its name. Two processes that want the same file wait for each other.
 *
 * @returns the file's path
 * @throws Error of one line that says why, and where to put the file by hand; the signal's reason where that ended it
 */
export async function download(options: DownloadOptions): Promise<string> {
  const { url, folder, signal } = options;
  const target = join(folder, options.fileName ?? fileNameOf(url));
  if ((await faultOf(target, options)) === undefined) return target;
  try {
    await mkdir(folder, { recursive: true });
    const lock = await waitForLock(`${target}.lock`, signal);
    try {
      if ((await faultOf(target, options)) !== undefined) await fetchAndCheck(target, options);
    } finally {
      await lock.release();
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw new Error(`cannot download ${url} (${errorReason(cause)}): ${byHand(target, options)}`, { cause });
  }
  return target;
}

/** What a person can do instead. */
function byHand(target: string, { size, sha256Prefix }: DownloadOptions): string {
  const length = size === undefined ? '' : `${size} bytes, `;
  return `put the file (${length}SHA-256 ${sha256Prefix}...) at ${target}, or name it with --weights FILE`;
}

function fileNameOf(url: string): string {
  return decodeURIComponent(basename(new URL(url).pathname));
}

async function fetchAndCheck(target: string, options: DownloadOptions): Promise<void> {
  const part = `${target}.part`;
  const wasBegun = (await stat(part).catch(() => undefined)) !== undefined;
  await fetchPersistently(part, options);
  let fault = await faultOf(part, options);
  if (fault !== undefined && wasBegun) {
    // What an earlier process left may be of another file: once more from the start.
    await rm(part);
    await fetchPersistently(part, options);
    fault = await faultOf(part, options);
  }
  if (fault !== undefined) {
    await rm(part, { force: true });
    throw new Error(`what arrived ${fault}`);
  }
  await rename(part, target);
  await syncFolder(options.folder);
}

async function fetchPersistently(part: string, options: DownloadOptions): Promise<void> {
  const { url, signal, retries = 3, fetch = globalThis.fetch } = options;
  for (let attempt = 0; ; attempt++) {
    try {
      const size = options.size ?? (await remoteSize(url, fetch, signal));
      await fetchInto(part, { ...options, size });
      return;
    } catch (cause) {
      signal?.throwIfAborted();
      if (attempt >= retries || isFinal(cause)) throw cause;
      await sleep(Math.min(250 * 2 ** attempt, 8000), undefined, { signal });
    }
  }
}

/** Why a file is not the one wanted, or undefined where it is. */
async function faultOf(path: string, { size, sha256Prefix }: DownloadOptions): Promise<string | undefined> {
  const facts = await stat(path).catch(() => undefined);
  if (!facts) return 'is missing';
  if (size !== undefined && facts.size !== size) return `has ${facts.size} bytes`;
  const hash = await hashFile(path);
  return hash.startsWith(sha256Prefix.toLowerCase()) ? undefined : `has SHA-256 ${hash}`;
}

async function waitForLock(path: string, signal: AbortSignal | undefined): Promise<FileLock> {
  for (;;) {
    const lock = await takeLock(path);
    if (lock.kind === 'lock') return lock;
    await sleep(200, undefined, { signal });
  }
}
