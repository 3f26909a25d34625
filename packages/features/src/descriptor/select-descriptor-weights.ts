import type { NamedWeights } from '../backbone.js';
import { selectWeights } from '../select-weights.js';
import type { Descriptor } from './create-descriptor.js';

/** The weights of a descriptor, checked by `selectWeights`: its own and no others. */
export function selectDescriptorWeights({ receptiveField, third, specs }: Descriptor, weights: NamedWeights, source: string): NamedWeights {
  const network = `a descriptor of ${receptiveField} pixels${third === undefined ? '' : `, third ${third}`}`;
  return selectWeights({ network, specs, mayBeLeftOver: () => false }, weights, source).weights;
}
