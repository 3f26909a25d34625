import { writeSafetensors, type WeightArray } from '@blemish/weights';
import type { NamedWeights } from '../backbone.js';
import type { Descriptor } from './create-descriptor.js';
import { factsKey, stringifyFacts, type Provenance } from './descriptor-facts.js';
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
  const arrays = [...selected].map(([name, { shape, data }]): [string, WeightArray] => {
    const values = Float32Array.from(data as ArrayLike<number>);
    const tooLarge = dtype === 'F16' ? values.find((value) => Math.abs(value) >= 65520) : undefined; // rounds to infinity
    if (tooLarge !== undefined) throw new Error(`writeDescriptor: '${name}' holds ${tooLarge}, too large for half precision`);
    return [name, { dtype, shape, data: values }];
  });
  return writeSafetensors(arrays, { [factsKey]: stringifyFacts(descriptor, provenance) });
}
