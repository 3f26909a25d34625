import type { z } from 'zod';
import type { WeightArray } from '@blemish/weights';
import { firstIssue } from './first-issue.js';

/** `group/name` for every tensor of every group. */
export function groupedTensors(groups: Readonly<Record<string, ReadonlyMap<string, WeightArray>>>): [string, WeightArray][] {
  return Object.entries(groups).flatMap(([group, tensors]) =>
    [...tensors].map(([name, array]): [string, WeightArray] => [`${group}/${name}`, array]),
  );
}

/** Undoes {@link groupedTensors} for the groups asked for; one without tensors is absent. */
export function splitGroups<G extends string>(
  tensors: ReadonlyMap<string, WeightArray>,
  groups: readonly G[],
): Partial<Record<G, ReadonlyMap<string, WeightArray>>> {
  const split: Partial<Record<G, Map<string, WeightArray>>> = {};
  for (const group of groups) {
    const prefix = `${group}/`;
    const own = [...tensors].filter(([name]) => name.startsWith(prefix));
    if (own.length > 0) split[group] = new Map(own.map(([name, array]) => [name.slice(prefix.length), array]));
  }
  return split;
}

/** Parses and checks a JSON header. */
export function parseHeader<T>(text: string | undefined, schema: z.ZodType<T>, what: string, name: string): T {
  if (text === undefined) throw new Error(`${name}: expected ${what}, got a safetensors file without its metadata`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${name}: expected ${what}, but its metadata is not JSON`, { cause });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Error(firstIssue(`${name}: expected ${what}; its metadata`, result.error), { cause: result.error });
}
