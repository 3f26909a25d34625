import { createSampleSource, type ImageFile } from '@blemish/datasets';
import type { Detector, SampleSource } from '@blemish/detectors';
import type { DepthUnits } from './depth-units.js';
import type { Defer } from './with-cleanup.js';

/** Files as a detector takes them, decoded and resized ahead in worker threads that end with the command. */
export function openSource(files: readonly ImageFile[], { modality, inputSize }: Pick<Detector, 'modality' | 'inputSize'>, { depthUnit, depthScale }: DepthUnits, defer: Defer): SampleSource {
  const source = createSampleSource(files, {
    modality,
    ...(inputSize && { size: inputSize }),
    ...(depthUnit && { depthUnit }),
    ...(depthScale !== undefined && { depthScale }),
  });
  defer(source.close);
  return source;
}
