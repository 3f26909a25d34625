/** How a network came to be, for people and reports: strings and numbers by name. */
export type Provenance = Readonly<Record<string, string | number>>;

/** The key of a file's metadata that holds the facts. */
export const factsKey = 'blemish';

/** What kind of file the facts are of. */
export interface FactsFormat {
  /** Such as `blemish-descriptor`. */
  readonly format: string;
  readonly version: number;
  /** What errors expected, such as `a descriptor file, as 'blemish distil' writes`. */
  readonly what: string;
}

/**
 * What a file says beside its weights, as JSON.
 *
 * @param facts those of the format
 * @throws Error naming a fact of the provenance that is neither string nor number
 */
export function stringifyFacts({ format, version }: FactsFormat, facts: Readonly<Record<string, unknown>>, provenance: Provenance): string {
  for (const [name, value] of Object.entries(provenance)) {
    if (!isFact(value)) throw new Error(`provenance: expected strings and numbers, got ${typeof value} for '${name}'`);
  }
  return JSON.stringify({ format, version, ...facts, provenance });
}

/**
 * The inverse of `stringifyFacts`.
 *
 * @param source the file, for errors
 * @returns the format's own facts, unchecked, and the provenance
 * @throws Error in one line: another kind of file, another version, or a provenance that is not flat
 */
export function parseFacts({ format, version, what }: FactsFormat, text: string | undefined, source: string): { readonly facts: Readonly<Record<string, unknown>>; readonly provenance: Provenance } {
  const facts = text === undefined ? undefined : parseRecord(text);
  if (facts?.['format'] !== format) throw new Error(`${source}: expected ${what}, got none: its metadata has no '${factsKey}' of format ${format}`);
  if (facts['version'] !== version) throw new Error(`${source}: expected version ${version} of ${format}, got ${String(facts['version'])}`);
  const { provenance = {} } = facts;
  if (!isRecord(provenance) || !Object.values(provenance).every(isFact)) {
    throw new Error(`${source}: expected provenance of strings and numbers, got ${JSON.stringify(provenance).slice(0, 80)}`);
  }
  return { facts, provenance: provenance as Provenance };
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
