import { ownSize, type Sample, type SampleSource } from './sample.js';

/** Decoded samples as a source; their content has no name of its own, so nothing of it can be kept. */
export function samplesSource(samples: readonly Sample[]): SampleSource {
  const at = (index: number): Sample => {
    const sample = samples[index];
    if (sample === undefined) throw new Error(`samples: expected an index from 0 to ${samples.length - 1}, got ${index}`);
    return sample;
  };
  return {
    length: samples.length,
    id: (index) => at(index).id,
    contentKey: () => Promise.reject(new Error('samples: decoded samples have no content key')),
    size: async (index) => ownSize(at(index)),
    load: async (index) => at(index),
  };
}
