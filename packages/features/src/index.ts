export type { Backbone, BackboneParams, BackboneSpec, NamedWeights, SelectedWeights, Tap } from './backbone.js';
export {
  createEfficientNet,
  type EfficientNetOptions,
  type EfficientNetTap,
} from './efficientnet/create-efficientnet.js';
export { blockTable, type BlockSpec, type BlockTable } from './efficientnet/block-table.js';
export { lastBlockOfStage } from './efficientnet/last-block-of-stage.js';
export { scalings, type EfficientNetVariant, type Scaling } from './efficientnet/scaling.js';
export { padsAt, samePads, type Padding, type Pads } from './efficientnet/padding.js';
export { imagenet, normaliseImages, type Normalisation } from './normalise-images.js';
export { selectWeights, type WeightRequest } from './select-weights.js';
export { seededWeights, type SeededWeights } from './seeded-weights.js';
export { hashWeights } from './hash-weights.js';
export { publicWeights, findPublicWeights, type PublicWeights } from './public-weights.js';
export { featuresRevision } from './features-revision.js';
