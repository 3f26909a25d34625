import { readSafetensors } from '@blemish/weights';
import type { NamedWeights } from '../backbone.js';
import { factsKey, type Provenance } from '../file-facts.js';
import type { Descriptor } from './create-descriptor.js';
import { parseDescriptorFacts } from './descriptor-facts.js';
import { selectDescriptorWeights } from './select-descriptor-weights.js';

/** What a descriptor file holds. */
export interface StoredDescriptor {
  readonly descriptor: Descriptor;
  /** Checked: `paramsFromArrays(weights, descriptor.specs)` takes them. */
  readonly weights: NamedWeights;
  readonly provenance: Provenance;
}

/**
 * Reads what `writeDescriptor` wrote.
 *
 * @param bytes the whole file
 * @param name how errors name it
 * @throws Error in one line for another kind of file, a later version, or weights that are not the descriptor's
 */
export function readDescriptor(bytes: Uint8Array, name = 'descriptor'): StoredDescriptor {
  const { tensors, metadata } = readSafetensors(bytes, name);
  const { descriptor, provenance } = parseDescriptorFacts(metadata[factsKey], name);
  return { descriptor, weights: selectDescriptorWeights(descriptor, tensors, name), provenance };
}
