import { lastBlockOfStage, scalings, type EfficientNetVariant } from '@blemish/features';
import type { DetectorSystem } from '../system.js';
import { astConfigSchema, type AstConfig } from './ast-config.js';
import { astPresetNames } from './ast-presets.js';
import { createAst, loadAst } from './create-ast.js';
import { createAstHelper } from './prepare-ast.js';
import { resolveAstConfig } from './resolve-ast-config.js';

/** Stage of EfficientNet at whose end AST taps it. */
const tappedStage = 6;

/** Asymmetric student-teacher networks (Rudolph et al., WACV 2023). */
export const astSystem: DetectorSystem<AstConfig> = {
  name: 'ast',
  title: 'AST',
  presets: astPresetNames,
  defaultPreset: 'quick',
  configSchema: astConfigSchema,
  resolve: resolveAstConfig,
  withBackbone({ backbone }, name) {
    if (backbone === null) throw new Error('this model looks at depth alone and has no backbone');
    const variants = Object.keys(scalings) as EfficientNetVariant[];
    const variant = variants.find((known) => name === `efficientnet-${known}`);
    if (variant === undefined) {
      throw new Error(`expected one of ${variants.map((known) => `efficientnet-${known}`).join(', ')}; got '${name}'`);
    }
    const tap = name === backbone.name ? backbone.tap : lastBlockOfStage(variant, tappedStage);
    return { backbone: { name, tap, weights: 'pretrained' } };
  },
  create: createAst,
  load: loadAst,
  createHelper: createAstHelper,
};
