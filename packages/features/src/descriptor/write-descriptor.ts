import { writeSafetensors } from '@blemish/weights';
import type { NamedWeights } from '../backbone.js';
import { factsKey, type Provenance } from '../file-facts.js';
import { storedArrays } from '../stored-arrays.js';
import type { Descriptor } from './create-descriptor.js';
import { stringifyDescriptorFacts } from './descriptor-facts.js';
import { selectDescriptorWeights } from './select-descriptor-weights.js';

/** What goes into a descriptor file. */
export interface DescriptorFile {
  readonly descriptor: Descriptor;
  /** Arrays in the layout of files, such as `paramsToArrays(params, descriptor.specs)` gives. */
  readonly weights: NamedWeights;
  readonly provenance: Provenance;
  /** Half precision takes half the bytes, and changes a descriptor by about a thousandth. Default `F32`. */
  readonly dtype?: 'F32' | 'F16';
}

/**
 * A trained descriptor as a safetensors file. The same contents always give the same bytes.
 *
 * @throws Error in one line for weights that are not the descriptor's, not finite, or too large for half precision
 */
export function writeDescriptor({ descriptor, weights, provenance, dtype = 'F32' }: DescriptorFile): Uint8Array {
  const selected = selectDescriptorWeights(descriptor, weights, 'writeDescriptor');
  return writeSafetensors(storedArrays(selected, dtype, 'writeDescriptor'), { [factsKey]: stringifyDescriptorFacts(descriptor, provenance) });
}
