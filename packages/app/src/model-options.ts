import { readFile } from 'node:fs/promises';
import { resolveAstConfig, type AstConfig } from '@blemish/detectors';
import { parse } from 'yaml';
import { UsageError } from './errors.js';

/** The options that choose a model's configuration. */
export interface ModelOptions {
  readonly preset: string;
  readonly config?: string;
  readonly seed?: number;
  readonly backbone?: string;
}

/** Block at the end of stage 6 of each EfficientNet, where AST taps it. */
const stage6: Readonly<Record<string, number>> = {
  'efficientnet-b0': 14,
  'efficientnet-b1': 20,
  'efficientnet-b2': 20,
  'efficientnet-b3': 23,
  'efficientnet-b4': 29,
  'efficientnet-b5': 35,
  'efficientnet-b6': 41,
  'efficientnet-b7': 50,
};

/**
 * The configuration of a model: a preset, then a YAML file, then single options, later ones winning.
 *
 * @throws UsageError naming the file or option
 */
export async function modelConfig({ preset, config, seed, backbone }: ModelOptions): Promise<AstConfig> {
  const fromFile = config === undefined ? undefined : await readYaml(config);
  const fromOptions = { seed, backbone: backbone === undefined ? undefined : backboneOverride(backbone) };
  try {
    return resolveAstConfig(preset, fromFile, fromOptions);
  } catch (cause) {
    throw new UsageError(`${config === undefined ? '' : `${config}: `}${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Another backbone is tapped where AST taps it, with weights that somebody trained. */
function backboneOverride(name: string): Partial<AstConfig['backbone']> {
  const tap = stage6[name];
  if (tap === undefined) throw new UsageError(`--backbone: expected one of ${Object.keys(stage6).join(', ')}, got '${name}'`);
  return { name, tap, weights: 'pretrained' };
}

async function readYaml(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`${path}: cannot read the configuration (${cause instanceof Error ? cause.message : String(cause)})`, { cause });
  }
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    throw new UsageError(`${path}: is not YAML (${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)})`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`${path}: expected a record of settings, got ${value === null ? 'nothing' : typeof value}`);
  }
  return value;
}
