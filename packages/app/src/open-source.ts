import { createSampleSource, type ImageFile } from '@blemish/datasets';
import type { SampleSource, Size } from '@blemish/detectors';
import type { Defer } from './with-cleanup.js';

/** Files as a detector takes them, decoded and resized ahead in worker threads that end with the command. */
export function openSource(files: readonly ImageFile[], size: Size, defer: Defer): SampleSource {
  const source = createSampleSource(files, { size });
  defer(source.close);
  return source;
}
