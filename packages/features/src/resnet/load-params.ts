import { paramsFromArrays, type NamedArray, type Params } from '@blemish/layers';
import type { NamedWeights } from '../backbone.js';
import { foldBatchNorm } from '../fold-batch-norm.js';
import { resnetUnits, type ResNetArchitecture } from './architecture.js';
import { foldedResNetSpecs } from './weight-specs.js';

/** What a residual network's batch normalisation adds to the variance. */
const batchNormEpsilon = 1e-5;

/**
 * Checked weights as tensors; normalisations that are not folded yet are folded now.
 *
 * @param weights of either kind
 */
export function loadParams(weights: NamedWeights, architecture: ResNetArchitecture): Params {
  const folded = new Map<string, NamedArray>();
  for (const { convolution, norm } of resnetUnits(architecture)) {
    const fromNorm = weights.has(`${norm}.weight`);
    const { weight, bias } = fromNorm ? foldBatchNorm(weights, convolution, norm, batchNormEpsilon) : { weight: undefined, bias: undefined };
    folded.set(`${convolution}.weight`, weight ?? (weights.get(`${convolution}.weight`) as NamedArray));
    folded.set(`${convolution}.bias`, bias ?? (weights.get(`${convolution}.bias`) as NamedArray));
  }
  return paramsFromArrays(folded, foldedResNetSpecs(architecture));
}
