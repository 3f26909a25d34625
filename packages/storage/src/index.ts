export { writeAtomic, type WriteOptions } from './write-atomic.js';
export { readIfExists } from './read-if-exists.js';
export { hashFile } from './hash-file.js';
export { cacheFolder } from './cache-folder.js';
export { toCsv, type CsvField } from './to-csv.js';
export {
  createFeatureCache,
  type FeatureCache,
  type FeatureCacheOptions,
  type FeatureCacheStats,
} from './create-feature-cache.js';
export { download, type DownloadOptions } from './download.js';
export type { DownloadProgress } from './fetch-into.js';
export { openRun, type OpenRun, type OpenRunOptions } from './open-run.js';
export { readRun, runFiles, type RunFacts } from './read-run.js';
export { takeLock, type FileLock, type LockOwner } from './lock-file.js';
