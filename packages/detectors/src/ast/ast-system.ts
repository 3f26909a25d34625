import { backboneNames, bundledBackbone, isDescriptorName, isResNetName, lastBlockOfStage, type BackboneTap, type EfficientNetVariant } from '@blemish/features';
import type { DetectorSystem } from '../system.js';
import { astConfigSchema, type AstConfig } from './ast-config.js';
import { astPresetNames, bundledSettings } from './ast-presets.js';
import { createAst, loadAst } from './create-ast.js';
import { createAstHelper } from './prepare-ast.js';
import { resolveAstConfig } from './resolve-ast-config.js';

/** Where AST taps a network: EfficientNets at the end of stage 6, as the paper; ResNets and descriptors at stride 16, below which little of ImageNet's classes is left. */
function tapOf(name: string): BackboneTap {
  if (isDescriptorName(name)) return 16;
  return isResNetName(name) ? 'layer3' : lastBlockOfStage(name.slice(-2) as EfficientNetVariant, 6);
}

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
    if (!backboneNames.includes(name)) throw new Error(`expected one of ${backboneNames.join(', ')}; got '${name}'`);
    return { backbone: { name, tap: name === backbone.name ? backbone.tap : tapOf(name), weights: 'pretrained' } };
  },
  withBundled({ preset, backbone }) {
    const settings = backbone === null ? undefined : bundledSettings[preset];
    return settings && { ...settings, backbone: { name: bundledBackbone.name, weights: 'bundled', ...settings.backbone } };
  },
  create: createAst,
  load: loadAst,
  createHelper: createAstHelper,
};
