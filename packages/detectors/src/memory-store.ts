import type { FeatureStore } from './sample.js';

/** Settings of {@link createMemoryStore}. */
export interface MemoryStoreOptions {
  /** Most bytes kept; the least recently used arrays are forgotten beyond it. 1 GiB: half the features of MVTec AD's largest category. */
  readonly limitBytes?: number;
}

/** A {@link FeatureStore} in memory, bounded, for browsers and tests. */
export function createMemoryStore({ limitBytes = 2 ** 30 }: MemoryStoreOptions = {}): FeatureStore {
  // A Map walks its keys in the order of their last insertion: the first is the least recently used.
  const kept = new Map<string, Float32Array>();
  let bytes = 0;

  function forget(key: string): void {
    bytes -= kept.get(key)?.byteLength ?? 0;
    kept.delete(key);
  }

  return {
    get(key) {
      const data = kept.get(key);
      if (data !== undefined) {
        kept.delete(key);
        kept.set(key, data);
      }
      return Promise.resolve(data);
    },
    put(key, data) {
      forget(key);
      if (data.byteLength <= limitBytes) {
        kept.set(key, data);
        bytes += data.byteLength;
        for (const oldest of kept.keys()) {
          if (bytes <= limitBytes) break;
          forget(oldest);
        }
      }
      return Promise.resolve();
    },
  };
}
