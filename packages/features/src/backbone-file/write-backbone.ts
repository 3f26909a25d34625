import { writeSafetensors } from '@blemish/weights';
import type { NamedWeights } from '../backbone.js';
import { factsKey, stringifyFacts, type Provenance } from '../file-facts.js';
import { storedArrays } from '../stored-arrays.js';
import { backboneFacts } from './backbone-facts.js';
import { checkArrays } from './check-arrays.js';

/** What goes into a backbone file. */
export interface BackboneFile {
  /** The network, such as `resnet18_half`. */
  readonly name: string;
  /** Arrays in the layout of files, by the network's own names. */
  readonly weights: NamedWeights;
  readonly provenance: Provenance;
  /** Half precision takes half the bytes. Default `F32`. */
  readonly dtype?: 'F32' | 'F16';
}

/**
 * A backbone as a safetensors file that says which network it is. The same contents always give the same bytes.
 *
 * @throws Error in one line for no weights, such as are not finite, or too large for half precision
 */
export function writeBackbone({ name, weights, provenance, dtype = 'F32' }: BackboneFile): Uint8Array {
  if (name === '') throw new Error('writeBackbone: expected the name of the network, got none');
  checkArrays(weights, 'writeBackbone');
  return writeSafetensors(storedArrays(weights, dtype, 'writeBackbone'), { [factsKey]: stringifyFacts(backboneFacts, { name }, provenance) });
}
