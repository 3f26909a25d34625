export type { Backbone, BackboneParams, BackboneSpec, NamedWeights, SelectedWeights, Tap } from './backbone.js';
export {
  createEfficientNet,
  type EfficientNetOptions,
  type EfficientNetTap,
} from './efficientnet/create-efficientnet.js';
export { blockTable, type BlockSpec, type BlockTable } from './efficientnet/block-table.js';
export { lastBlockOfStage } from './efficientnet/last-block-of-stage.js';
export { scalings, type EfficientNetVariant, type Scaling } from './efficientnet/scaling.js';
export { padsAt, type Padding } from './efficientnet/padding.js';
export { backboneNames, createBackbone, tapWords, type BackboneTap } from './create-backbone.js';
export { createResNet, type ResNetOptions } from './resnet/create-resnet.js';
export { foldResNet } from './resnet/fold-resnet.js';
export {
  resnetArchitecture,
  resnetUnits,
  type ResNetArchitecture,
  type ResNetBlock,
  type ResNetStage,
  type ResNetUnit,
} from './resnet/architecture.js';
export { walkResNet, type AfterUnit, type ApplyUnit } from './resnet/walk-resnet.js';
export { resnetSpecs } from './resnet/weight-specs.js';
export { resnetNames, resnetLevels, isResNetName, type ResNetLevel, type ResNetName } from './resnet/variant.js';
export { samePads, type Pads } from '@blemish/engine';
export { imagenet, type Normalisation } from './normalisation.js';
export { normalise } from './normalise.js';
export { selectWeights, type WeightRequest } from './select-weights.js';
export { seededWeights, type SeededWeights } from './seeded-weights.js';
export { hashWeights } from './hash-weights.js';
export { publicWeights, findPublicWeights, type PublicWeights } from './public-weights.js';
export { featuresRevision } from './features-revision.js';
export { createDescriptor, type Descriptor } from './descriptor/create-descriptor.js';
export { centredWindows } from './descriptor/centred-windows.js';
export { createDescriptorBackbone, isDescriptorName, type DescriptorBackboneName } from './descriptor/create-descriptor-backbone.js';
export type { DescriptorOptions, ReceptiveField } from './descriptor/descriptor-layers.js';
export { writeDescriptor, type DescriptorFile } from './descriptor/write-descriptor.js';
export { readDescriptor, type StoredDescriptor } from './descriptor/read-descriptor.js';
export type { Provenance } from './file-facts.js';
export { knowledgeLoss } from './descriptor/knowledge-loss.js';
export { compactnessLoss, type CompactnessKind } from './descriptor/compactness-loss.js';
export { tripletLoss } from './descriptor/triplet-loss.js';
export { decodeDescriptors, descriptorDecoderSpecs } from './descriptor/descriptor-decoder.js';
export { writeBackbone, type BackboneFile } from './backbone-file/write-backbone.js';
export { readBackbone, type StoredBackbone } from './backbone-file/read-backbone.js';
export { bundledBackbone, bundledDescriptor } from './bundled/bundled-networks.js';
export { loadBundledBackbone, loadBundledDescriptor } from './bundled/load-bundled.js';
