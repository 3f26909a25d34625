import { createSampleSource, type ImageFile } from '@blemish/datasets';
import type { Detector, SampleSource } from '@blemish/detectors';
import type { Defer } from './with-cleanup.js';

/** What depth files are written in. */
export interface DepthUnits {
  /** Unit of lengths. */
  readonly depthUnit?: 'm' | 'mm';
  /** Units in a level of a height map, or in a file's own unit. */
  readonly depthScale?: number;
}

/** Files as a detector takes them, decoded and resized ahead in worker threads that end with the command. */
export function openSource(files: readonly ImageFile[], { modality, inputSize }: Detector, { depthUnit, depthScale }: DepthUnits, defer: Defer): SampleSource {
  const source = createSampleSource(files, {
    modality,
    ...(inputSize && { size: inputSize }),
    ...(depthUnit && { depthUnit }),
    ...(depthScale !== undefined && { depthScale }),
  });
  defer(source.close);
  return source;
}
