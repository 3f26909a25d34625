import type { z } from 'zod';
import { firstIssue } from './first-issue.js';

/**
 * A preset with some of its settings replaced, checked.
 *
 * @param overrides nested records of settings, later ones win; arrays are replaced whole
 * @throws Error naming the first wrong setting, what was expected and what came
 */
export function resolveConfig<Config>(schema: z.ZodType<Config>, preset: Config, overrides: readonly unknown[]): Config {
  const result = schema.safeParse(overrides.reduce(merge, preset));
  if (result.success) return result.data;
  throw new Error(firstIssue('configuration', result.error), { cause: result.error });
}

/**
 * A preset's name, checked.
 *
 * @throws Error saying which there are
 */
export function presetOf<Name extends string>(name: string, names: readonly Name[]): Name {
  const found = names.find((known) => known === name);
  if (found === undefined) throw new Error(`preset: expected one of ${names.join(', ')}, got '${name}'`);
  return found;
}

/** True for settings by name. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merge(base: unknown, override: unknown): unknown {
  if (override === undefined) return base;
  if (!isRecord(base) || !isRecord(override)) return override;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(override)) merged[key] = merge(base[key], value);
  return merged;
}
