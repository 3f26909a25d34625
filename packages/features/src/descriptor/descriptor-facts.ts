import { createDescriptor, type Descriptor } from './create-descriptor.js';
import type { DescriptorOptions } from './descriptor-layers.js';

/** How a descriptor came to be, for people and reports: strings and numbers by name. */
export type Provenance = Readonly<Record<string, string | number>>;

/** The key of a file's metadata that holds the facts. */
export const factsKey = 'blemish';
const format = 'blemish-descriptor';
const version = 1;

/** What a descriptor file says beside its weights, as JSON. */
export function stringifyFacts({ receptiveField, third }: Pick<Descriptor, 'receptiveField' | 'third'>, provenance: Provenance): string {
  for (const [name, value] of Object.entries(provenance)) {
    if (!isFact(value)) throw new Error(`provenance: expected strings and numbers, got ${typeof value} for '${name}'`);
  }
  return JSON.stringify({ format, version, receptiveField, ...(third === undefined ? {} : { third }), provenance });
}

/**
 * The inverse of `stringifyFacts`.
 *
 * @param source the file, for errors
 * @throws Error in one line: no descriptor file, one of a later version, or facts that no descriptor has
 */
export function parseFacts(text: string | undefined, source: string): { readonly descriptor: Descriptor; readonly provenance: Provenance } {
  const facts = text === undefined ? undefined : parseRecord(text);
  if (facts?.['format'] !== format) {
    throw new Error(`${source}: expected a descriptor file, as 'blemish distil' writes, got none: its metadata has no '${factsKey}' of format ${format}`);
  }
  if (facts['version'] !== version) throw new Error(`${source}: expected version ${version} of ${format}, got ${String(facts['version'])}`);
  const { receptiveField, third, provenance = {} } = facts;
  if (!isRecord(provenance) || !Object.values(provenance).every(isFact)) {
    throw new Error(`${source}: expected provenance of strings and numbers, got ${JSON.stringify(provenance).slice(0, 80)}`);
  }
  try {
    const options = { receptiveField, ...(third === undefined ? {} : { third }) } as DescriptorOptions;
    return { descriptor: createDescriptor(options), provenance: provenance as Provenance };
  } catch (error) {
    throw new Error(`${source}: ${(error as Error).message}`, { cause: error });
  }
}

function parseRecord(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFact(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}
