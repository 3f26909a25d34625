import { paramsFromArrays, type NamedArray, type ParamSpec, type ParamSpecs, type Params } from '@blemish/layers';
import type { NamedWeights } from '../backbone.js';
import { foldBatchNorm } from '../fold-batch-norm.js';
import type { BlockSpec } from './block-table.js';

/** EfficientNet's batch normalisation adds this to the variance. */
const batchNormEpsilon = 1e-3;

/**
 * Checked weights as tensors, each normalisation folded into its convolution, which gets a `bias`.
 *
 * @param specs of the weights as files hold them
 */
export function loadParams(weights: NamedWeights, specs: ParamSpecs, blocks: readonly BlockSpec[]): Params {
  const folded = new Map<string, NamedArray>(weights);
  const foldedSpecs: Record<string, ParamSpec> = { ...specs };
  for (const [convolution, norm] of convolutionsAndNorms(blocks)) {
    const { weight, bias } = foldBatchNorm(weights, convolution, norm, batchNormEpsilon);
    for (const part of ['weight', 'bias', 'running_mean', 'running_var']) {
      folded.delete(`${norm}.${part}`);
      delete foldedSpecs[`${norm}.${part}`];
    }
    folded.set(`${convolution}.weight`, weight).set(`${convolution}.bias`, bias);
    foldedSpecs[`${convolution}.bias`] = { shape: bias.shape, layout: 'plain', trainable: false, initial: 0 };
  }
  return paramsFromArrays(folded, foldedSpecs);
}

/** Prefixes of every convolution and of the batch normalisation after it. */
function convolutionsAndNorms(blocks: readonly BlockSpec[]): (readonly [convolution: string, norm: string])[] {
  return [
    ['_conv_stem', '_bn0'],
    ...blocks.flatMap(({ index, expanded, input }) => {
      const at = `_blocks.${index}`;
      const always = [
        [`${at}._depthwise_conv`, `${at}._bn1`],
        [`${at}._project_conv`, `${at}._bn2`],
      ] as const;
      return expanded === input ? always : ([[`${at}._expand_conv`, `${at}._bn0`], ...always] as const);
    }),
  ];
}
