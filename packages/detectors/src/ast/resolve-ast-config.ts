import { modalities, type Modality } from '@blemish/depth';
import { isRecord, presetOf, resolveConfig } from '../frame/resolve-config.js';
import { astConfigSchema, type AstConfig } from './ast-config.js';
import { astPreset, astPresetNames } from './ast-presets.js';

/**
 * A preset with some of its settings replaced. A modality among them decides first which of the preset's settings there are.
 *
 * @param preset one of `astPresetNames`
 * @param overrides nested records of settings, later ones win; arrays are replaced whole
 * @returns a whole, checked configuration
 * @throws Error naming the setting, what was expected and what came
 */
export function resolveAstConfig(preset: string, ...overrides: readonly unknown[]): AstConfig {
  const known = astPreset(presetOf(preset, astPresetNames), chosenModality(overrides));
  return resolveConfig<AstConfig>(astConfigSchema, known, overrides);
}

/** The last modality that is named, if it is one; a wrong one is refused with the rest. */
function chosenModality(overrides: readonly unknown[]): Modality | undefined {
  const named = overrides.flatMap((override) => (isRecord(override) && override['modality'] !== undefined ? [override['modality']] : []));
  return modalities.find((modality) => modality === named.at(-1));
}
