import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeatureStore } from '@blemish/detectors';
import { cacheFolder, createFeatureCache } from '@blemish/storage';
import type { Terminal } from './terminal.js';

/** Most bytes of features kept between runs: about 25,000 images at preset quick. */
const cacheLimit = 16 * 2 ** 30;

/** Where features go. */
export interface FeatureStores {
  /** Features of images. */
  readonly store: FeatureStore;
  /** What belongs to one run alone. */
  readonly scratch: FeatureStore;
  /** Removes the run's own. */
  discard(): Promise<void>;
}

/**
 * Stores for one run: features in the user's cache folder, or, where nothing shall be kept between runs, in a folder that
 * is removed at the end, as the teacher's outputs always are.
 */
export function openFeatureStores(scratchFolder: string, keep: boolean, terminal: Terminal): FeatureStores {
  const onWarning = (line: string): void => terminal.note(line);
  const scratch = createFeatureCache({ folder: scratchFolder, limitBytes: Infinity, onWarning });
  const store = keep ? openFeatureCache(terminal) : scratch;
  return { store, scratch, discard: () => rm(scratchFolder, { recursive: true, force: true }) };
}

/** The cache that all runs of a user share. */
export function openFeatureCache(terminal: Terminal): FeatureStore {
  return createFeatureCache({
    folder: join(cacheFolder(), 'features'),
    limitBytes: cacheLimit,
    onWarning: (line) => terminal.note(line),
  });
}
