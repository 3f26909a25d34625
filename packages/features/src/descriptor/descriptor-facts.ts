import { parseFacts, stringifyFacts, type FactsFormat, type Provenance } from '../file-facts.js';
import { createDescriptor, type Descriptor } from './create-descriptor.js';
import type { DescriptorOptions } from './descriptor-layers.js';

const kind: FactsFormat = { format: 'blemish-descriptor', version: 1, what: "a descriptor file, as 'blemish distil' writes" };

/** What a descriptor file says beside its weights, as JSON. */
export function stringifyDescriptorFacts({ receptiveField, third }: Pick<Descriptor, 'receptiveField' | 'third'>, provenance: Provenance): string {
  return stringifyFacts(kind, { receptiveField, ...(third === undefined ? {} : { third }) }, provenance);
}

/**
 * The inverse of `stringifyDescriptorFacts`.
 *
 * @param source the file, for errors
 * @throws Error in one line: no descriptor file, one of a later version, or facts that no descriptor has
 */
export function parseDescriptorFacts(text: string | undefined, source: string): { readonly descriptor: Descriptor; readonly provenance: Provenance } {
  const { facts, provenance } = parseFacts(kind, text, source);
  const { receptiveField, third } = facts;
  try {
    const options = { receptiveField, ...(third === undefined ? {} : { third }) } as DescriptorOptions;
    return { descriptor: createDescriptor(options), provenance };
  } catch (error) {
    throw new Error(`${source}: ${(error as Error).message}`, { cause: error });
  }
}
