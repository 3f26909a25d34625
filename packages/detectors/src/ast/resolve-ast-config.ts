import { astConfigSchema, type AstConfig } from './ast-config.js';
import { modalities, type Modality } from '@blemish/depth';
import { astPreset, astPresetNames, type AstPreset } from './ast-presets.js';

/**
 * A preset with some of its settings replaced. A modality among them decides first which of the preset's settings there are.
 *
 * @param preset one of `astPresetNames`
 * @param overrides nested records of settings, later ones win; arrays are replaced whole
 * @returns a whole, checked configuration
 * @throws Error naming the setting, what was expected and what came
 */
export function resolveAstConfig(preset: string, ...overrides: readonly unknown[]): AstConfig {
  if (!isPreset(preset)) throw new Error(`preset: expected one of ${astPresetNames.join(', ')}, got '${preset}'`);
  return parseAstConfig(overrides.reduce(merge, astPreset(preset, chosenModality(overrides))));
}

/** The last modality that is named, if it is one; a wrong one is refused with the rest. */
function chosenModality(overrides: readonly unknown[]): Modality | undefined {
  const named = overrides.flatMap((override) => (isRecord(override) && override['modality'] !== undefined ? [override['modality']] : []));
  return modalities.find((modality) => modality === named.at(-1));
}

/** Checks a configuration; an error names the first wrong setting, what was expected and what came. */
function parseAstConfig(value: unknown): AstConfig {
  const result = astConfigSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    const path = issue?.path.join('.') ?? '';
    throw new Error(`configuration${path === '' ? '' : ` '${path}'`}: ${issue?.message ?? 'is not valid'}`, { cause: result.error });
  }
  return result.data;
}

function isPreset(name: string): name is AstPreset {
  return (astPresetNames as readonly string[]).includes(name);
}

function merge(base: unknown, override: unknown): unknown {
  if (override === undefined) return base;
  if (!isRecord(base) || !isRecord(override)) return override;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(override)) merged[key] = merge(base[key], value);
  return merged;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
