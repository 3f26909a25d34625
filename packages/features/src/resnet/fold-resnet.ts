import type { WeightArray } from '@blemish/weights';
import type { NamedWeights } from '../backbone.js';
import { foldBatchNorm } from '../fold-batch-norm.js';
import { resnetUnits, type ResNetArchitecture } from './architecture.js';

/** What a residual network's batch normalisation adds to the variance. */
const batchNormEpsilon = 1e-5;

/**
 * Weights whose normalisations are folded into their convolutions, each of which has a bias so.
 *
 * @param weights of either kind; those that are folded already stay as they are
 */
export function foldResNet(weights: NamedWeights, architecture: ResNetArchitecture): NamedWeights {
  const folded = new Map<string, WeightArray>();
  for (const { convolution, norm } of resnetUnits(architecture)) {
    if (weights.has(`${norm}.weight`)) {
      const { weight, bias } = foldBatchNorm(weights, convolution, norm, batchNormEpsilon);
      folded.set(`${convolution}.weight`, { dtype: 'F32', ...weight }).set(`${convolution}.bias`, { dtype: 'F32', ...bias });
    } else {
      for (const name of [`${convolution}.weight`, `${convolution}.bias`]) folded.set(name, weights.get(name) as WeightArray);
    }
  }
  return folded;
}
