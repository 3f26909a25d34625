import type { WeightArray } from '@blemish/weights';
import type { NamedWeights } from './backbone.js';

// Notation: w: filter of one output channel; g, b: batch norm's scale and shift; m, v: running mean and variance.
// g (w*x - m) / sqrt(v + e) + b = (f w)*x + (b - f m), f = g / sqrt(v + e): the normalisation moves into filter and bias.

/** A filter with its bias, in the layout of files. */
export interface FoldedFilter {
  readonly weight: { readonly shape: readonly number[]; readonly data: Float32Array };
  readonly bias: { readonly shape: readonly number[]; readonly data: Float32Array };
}

/**
 * A convolution without bias and the batch normalisation after it (running statistics) as one convolution with bias.
 * Computed in float64 and rounded once; results differ from the two steps by float32 rounding, below 1e-4 of the largest
 * value through a whole EfficientNet.
 *
 * @param weights both layers' arrays, `[out, ...]` or, depthwise, `[channels, 1, ...]`
 * @param convolution prefix of the convolution
 * @param norm prefix of the normalisation
 */
export function foldBatchNorm(weights: NamedWeights, convolution: string, norm: string, epsilon: number): FoldedFilter {
  const filter = weights.get(`${convolution}.weight`) as WeightArray;
  const channels = filter.shape[0] as number;
  const values = filter.data as ArrayLike<number>;
  const size = values.length / channels; // values in one output channel's filter
  const [scale, shift, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map(
    (part) => (weights.get(`${norm}.${part}`) as WeightArray).data as ArrayLike<number>,
  ) as [ArrayLike<number>, ArrayLike<number>, ArrayLike<number>, ArrayLike<number>];

  const folded = new Float32Array(values.length);
  const bias = new Float32Array(channels);
  for (let c = 0; c < channels; c++) {
    const factor = (scale[c] as number) / Math.sqrt((variance[c] as number) + epsilon);
    for (let i = c * size; i < (c + 1) * size; i++) folded[i] = factor * (values[i] as number);
    bias[c] = (shift[c] as number) - factor * (mean[c] as number);
  }
  return { weight: { shape: filter.shape, data: folded }, bias: { shape: [channels], data: bias } };
}
