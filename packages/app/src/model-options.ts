import { resolveAstConfig, type AstConfig, type Modality } from '@blemish/detectors';
import { lastBlockOfStage, scalings, type EfficientNetVariant } from '@blemish/features';
import { parse } from 'yaml';
import { describeError, UsageError } from './errors.js';
import { readTextFor } from './read-file-for.js';

/** The options that choose a model's configuration. */
export interface ModelOptions {
  readonly preset: string;
  readonly config?: string;
  readonly seed?: number;
  readonly backbone?: string;
  readonly modality?: Modality;
}

/** Stage of EfficientNet at whose end AST taps it. */
const tappedStage = 6;

/**
 * The configuration of a model: a preset, then a YAML file, then single options, later ones winning.
 *
 * @throws UsageError naming the file or option
 */
export async function modelConfig({ preset, config, seed, backbone, modality }: ModelOptions): Promise<AstConfig> {
  const fromFile = config === undefined ? undefined : await readYaml(config);
  const resolve = (...overrides: readonly unknown[]): AstConfig => {
    try {
      return resolveAstConfig(preset, fromFile, ...overrides);
    } catch (cause) {
      throw new UsageError(`${config === undefined ? '' : `${config}: `}${describeError(cause)}`, { cause });
    }
  };
  const chosen = { seed, modality };
  const resolved = resolve(chosen);
  return backbone === undefined ? resolved : resolve(chosen, { backbone: backboneOverride(backbone, resolved) });
}

/** Weights that somebody trained; another network than the configuration's is tapped where AST taps it. */
function backboneOverride(name: string, { backbone }: AstConfig): Partial<NonNullable<AstConfig['backbone']>> {
  if (backbone === null) throw new UsageError('--backbone: this model looks at depth alone and has no backbone');
  const variants = Object.keys(scalings) as EfficientNetVariant[];
  const variant = variants.find((known) => name === `efficientnet-${known}`);
  if (variant === undefined) {
    throw new UsageError(`--backbone: expected one of ${variants.map((known) => `efficientnet-${known}`).join(', ')}; got '${name}'`);
  }
  const tap = name === backbone.name ? backbone.tap : lastBlockOfStage(variant, tappedStage);
  return { name, tap, weights: 'pretrained' };
}

async function readYaml(path: string): Promise<unknown> {
  const text = await readTextFor(path, 'the configuration').catch((cause: unknown) => {
    throw new UsageError(describeError(cause), { cause });
  });
  const value = parsed(text, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const got = value === null ? 'nothing' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    throw new UsageError(`${path}: expected settings by name, got ${got}`);
  }
  return value;
}

function parsed(text: string, path: string): unknown {
  try {
    return parse(text, { logLevel: 'error' });
  } catch (cause) {
    // below its first line the message shows the place in the text
    const [line = ''] = (cause as Error).message.split('\n');
    throw new UsageError(`${path}: is not YAML: ${line.replace(/:$/, '')}`, { cause });
  }
}
