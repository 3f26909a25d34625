import { readSafetensors } from '@blemish/weights';
import type { NamedWeights } from '../backbone.js';
import { factsKey, parseFacts, type Provenance } from '../file-facts.js';
import { backboneFacts } from './backbone-facts.js';
import { checkArrays } from './check-arrays.js';

/** What a backbone file holds. */
export interface StoredBackbone {
  /** The network, such as `resnet18_half`; whoever builds it checks that there is one. */
  readonly name: string;
  /** Finite; names and shapes are checked by the network's own `select` and `load`. */
  readonly weights: NamedWeights;
  readonly provenance: Provenance;
}

/**
 * Reads what `writeBackbone` wrote.
 *
 * @param bytes the whole file
 * @param source how errors name it
 * @throws Error in one line for another kind of file, a later version, or arrays that no backbone has
 */
export function readBackbone(bytes: Uint8Array, source = 'backbone'): StoredBackbone {
  const { tensors, metadata } = readSafetensors(bytes, source);
  const { facts, provenance } = parseFacts(backboneFacts, metadata[factsKey], source);
  const { name } = facts;
  if (typeof name !== 'string' || name === '') throw new Error(`${source}: expected the name of a network, got ${JSON.stringify(name) ?? 'none'}`);
  checkArrays(tensors, source);
  return { name, weights: tensors, provenance };
}
