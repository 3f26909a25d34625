import { paramsFromArrays, type Params } from '@blemish/layers';
import type { NamedWeights } from '../backbone.js';
import type { ResNetArchitecture } from './architecture.js';
import { foldResNet } from './fold-resnet.js';
import { foldedResNetSpecs } from './weight-specs.js';

/**
 * Checked weights as tensors; normalisations that are not folded yet are folded now.
 *
 * @param weights of either kind
 */
export function loadParams(weights: NamedWeights, architecture: ResNetArchitecture): Params {
  return paramsFromArrays(foldResNet(weights, architecture), foldedResNetSpecs(architecture));
}
