import { createHash } from 'node:crypto';
import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { createBoundedFolder } from './bounded-folder.js';
import { decodeFeatureFile, encodeFeatureFile } from './feature-file.js';
import { errorReason, rootCause } from './file-error.js';
import { readIfExists } from './read-if-exists.js';
import { sweepTemporaryFiles } from './temporary-name.js';
import { writeAtomic, type WriteOptions } from './write-atomic.js';

/** Where a cache stands and how large it may grow. */
export interface FeatureCacheOptions {
  /** A folder of its own; made when the first array is kept. */
  readonly folder: string;
  /** Bytes of all its files; the arrays used longest ago make room for new ones. */
  readonly limitBytes: number;
  /** Told once of each reason why the cache does not work (a full disk, say); by default one line on stderr. */
  readonly onWarning?: (line: string) => void;
  /** How files are written; for tests. */
  readonly write?: WriteOptions['write'];
}

/** What a cache has done so far. */
export interface FeatureCacheStats {
  readonly hits: number;
  /** Arrays asked for and not found, damaged ones included. */
  readonly misses: number;
  /** Files that were not as they had been written; each was removed. */
  readonly damaged: number;
  readonly evicted: number;
}

/** Arrays of float32 by key, kept on disk: what it holds changes the time of a run, never its results. */
export interface FeatureCache {
  /** The array kept under `key`, bit for bit, or undefined. Never fails. */
  readonly get: (key: string) => Promise<Float32Array | undefined>;
  /** Keeps an array if it can. Never fails. */
  readonly put: (key: string, values: Float32Array) => Promise<void>;
  readonly stats: () => FeatureCacheStats;
}

/**
 * A cache that any number of processes may share and that a crash at any moment leaves usable: files appear whole or not at
 * all, every file carries a check sum over its key and values, and what dead writers left behind is swept.
 */
export function createFeatureCache(options: FeatureCacheOptions): FeatureCache {
  const { folder, limitBytes, write, onWarning = (line) => console.warn(line) } = options;
  const bounded = createBoundedFolder(folder, limitBytes, (name) => /^[0-9a-f]{64}\.f32$/.test(name));
  const warned = new Set<string>();
  const counts = { hits: 0, misses: 0, damaged: 0 };
  let swept: Promise<void> | undefined;

  const warn = (error: unknown): void => {
    const reason = errorReason(rootCause(error));
    if (warned.has(reason)) return;
    warned.add(reason);
    onWarning(`${folder}: features are not kept (${reason}): the run takes longer, its results stay the same`);
  };
  const pathOf = (key: string): string => join(folder, `${createHash('sha256').update(key).digest('hex')}.f32`);

  const find = async (key: string): Promise<Float32Array | undefined> => {
    const path = pathOf(key);
    const bytes = await readIfExists(path);
    if (!bytes) return undefined;
    const values = decodeFeatureFile(bytes, key);
    if (values) {
      const now = new Date();
      await utimes(path, now, now).catch(() => undefined); // evicted by another process meanwhile
      return values;
    }
    counts.damaged += 1;
    await rm(path, { force: true });
    return undefined;
  };

  return {
    get: async (key) => {
      const values = await find(key).catch(warn);
      if (values) counts.hits += 1;
      else counts.misses += 1;
      return values ?? undefined;
    },
    put: async (key, values) => {
      try {
        await (swept ??= sweepTemporaryFiles(folder));
        const bytes = encodeFeatureFile(key, values);
        if (bytes.length > limitBytes) return;
        await writeAtomic(pathOf(key), bytes, { durable: false, ...(write && { write }) });
        await bounded.added(bytes.length);
      } catch (error) {
        warn(error);
      }
    },
    stats: () => ({ ...counts, evicted: bounded.evicted() }),
  };
}
