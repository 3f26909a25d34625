import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/kernel.js';
import { hasFilterAndStep, invertedResidual, layerInputs, type InvertedResidualLayers, type InvertedResidualOptions } from './inverted-residual.js';
import { stem, type StemOptions } from './stem.js';
import { windowsOn, type FilterAndBias } from './window.js';

export const stemInvertedResidualKernel = 'BlemishStemInvertedResidual';

/** A stem, and the first block, which does not expand what it reads. */
export interface StemInvertedResidual {
  readonly stem: FilterAndBias;
  readonly stemOptions: StemOptions;
  readonly layers: InvertedResidualLayers;
  readonly options: InvertedResidualOptions;
}

/**
 * `stem`, then `invertedResidual`; a kernel of ours never writes the map between them, the largest but one of a network.
 *
 * @param x `[1,H,W,C]`: one image
 * @returns what the block gives
 */
export function stemInvertedResidual(x: tf.Tensor4D, network: StemInvertedResidual): tf.Tensor4D {
  const { stem: first, stemOptions, layers, options } = network;
  const fits = layers.expand === undefined && !options.skip && x.shape[0] === 1 && hasFilterAndStep(layers, options);
  if (!fits || !hasKernel(stemInvertedResidualKernel)) return plainStemInvertedResidual(x, network);
  const windows = windowsOn(x.shape, first.filter.shape[0], stemOptions.stride, stemOptions.pads);
  const map = [1, windows.outHeight, windows.outWidth] as const;
  return runKernel<tf.Tensor4D>(
    stemInvertedResidualKernel,
    { x, stemFilter: first.filter, stemBias: first.bias, ...layerInputs(layers) },
    { stem: windows, block: windowsOn(map, layers.depthwise.filter.shape[0], options.stride, options.pads), ...stemOptions.normalisation },
  );
}

/** `stemInvertedResidual` in two operations: the definition. */
export function plainStemInvertedResidual(x: tf.Tensor4D, { stem: first, stemOptions, layers, options }: StemInvertedResidual): tf.Tensor4D {
  return tf.tidy(() => invertedResidual(stem(x, first, stemOptions), layers, options));
}
