import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/kernel.js';
import { spatialMean } from './spatial-mean.js';
import { swish } from './swish.js';
import { stockPads, windowsOn, type FilterAndBias, type WindowPads } from './window.js';

// Notation: I, E, S, O: channels coming in, expanded, squeezed, going out.

export const invertedResidualKernel = 'BlemishInvertedResidual';

/** The layers of a block, normalisations folded into filters and biases. */
export interface InvertedResidualLayers {
  /** `[1,1,I,E]`; undefined: the block does not expand, E = I. */
  readonly expand: FilterAndBias | undefined;
  /** `[k,k,E,1]` */
  readonly depthwise: FilterAndBias;
  /** `[1,1,E,S]` */
  readonly reduce: FilterAndBias;
  /** `[1,1,S,E]` */
  readonly excite: FilterAndBias;
  /** `[1,1,E,O]` */
  readonly project: FilterAndBias;
}

/** What `invertedResidual` is told beside its tensors. */
export interface InvertedResidualOptions {
  /** Of the depthwise convolution. */
  readonly stride: number;
  /** Of the depthwise convolution. */
  readonly pads: WindowPads;
  /** Whether x is added to what comes out. */
  readonly skip: boolean;
}

/**
 * One inverted bottleneck with squeeze-excite (MBConv: Sandler et al. 2018, Hu et al. 2018, Tan and Le 2019) of a frozen
 * network: expand, swish, depthwise convolution, swish, gate, project, skip. No gradient.
 *
 * @param x `[1,H,W,I]`: one image, so that nothing depends on others
 * @returns `[1,H',W',O]`
 */
export function invertedResidual(x: tf.Tensor4D, layers: InvertedResidualLayers, options: InvertedResidualOptions): tf.Tensor4D {
  if (x.shape[0] !== 1) throw new Error(`invertedResidual: expected one image, got ${x.shape[0]}`);
  if (!hasKernel(invertedResidualKernel) || !hasFilterAndStep(layers, options)) return plainInvertedResidual(x, layers, options);
  const windows = windowsOn(x.shape, layers.depthwise.filter.shape[0], options.stride, options.pads);
  return runKernel<tf.Tensor4D>(invertedResidualKernel, { x, ...layerInputs(layers) }, { ...windows, skip: options.skip });
}

/** Whether the kernels have the depthwise filter's side and its step. */
export function hasFilterAndStep({ depthwise }: InvertedResidualLayers, { stride }: InvertedResidualOptions): boolean {
  const kernel = depthwise.filter.shape[0];
  return (kernel === 3 || kernel === 5) && (stride === 1 || stride === 2);
}

/** The layers' tensors as the kernels name them. */
export function layerInputs(layers: InvertedResidualLayers): Record<string, tf.Tensor> {
  const inputs = Object.entries(layers).flatMap(([name, layer]: [string, FilterAndBias | undefined]) =>
    layer === undefined ? [] : [[`${name}Filter`, layer.filter], [`${name}Bias`, layer.bias]] as const,
  );
  return Object.fromEntries(inputs);
}

/** `invertedResidual` of stock operations: the definition. */
export function plainInvertedResidual(x: tf.Tensor4D, layers: InvertedResidualLayers, { stride, pads, skip }: InvertedResidualOptions): tf.Tensor4D {
  const { expand, depthwise, project } = layers;
  return tf.tidy(() => {
    const expanded = expand === undefined ? x : activate(tf.conv2d(x, expand.filter, 1, 'same'), expand.bias); // [1,H,W,E]
    const filtered = activate(tf.depthwiseConv2d(expanded, depthwise.filter, stride, stockPads(pads)), depthwise.bias); // [1,H',W',E]
    if (expanded !== x) expanded.dispose();
    const [, height, width, channels] = filtered.shape;
    // The gate multiplies the filter's rows, which are few, not the map.
    const matrix = tf.mul<tf.Tensor2D>(tf.reshape(project.filter, [channels, -1]), gate(filtered, layers)); // [E,O]
    const sums = tf.add<tf.Tensor2D>(tf.matMul(tf.reshape(filtered, [height * width, channels]), matrix), project.bias); // [H'W',O]
    const y = tf.reshape<tf.Rank.R4>(sums, [1, height, width, -1]);
    return skip ? tf.add(y, x) : y;
  });
}

/** swish(x + bias); frees x and their sum, the largest tensors there are. */
function activate(x: tf.Tensor4D, bias: tf.Tensor1D): tf.Tensor4D {
  const sum = tf.add<tf.Tensor4D>(x, bias);
  x.dispose();
  const y = swish(sum);
  sum.dispose();
  return y;
}

/** Squeeze-excite: a factor in (0,1) for each channel from the channels' means, [E,1]. */
function gate(x: tf.Tensor4D, { reduce, excite }: InvertedResidualLayers): tf.Tensor2D {
  const linear = (input: tf.Tensor2D, { filter, bias }: FilterAndBias): tf.Tensor2D =>
    tf.add(tf.matMul(input, tf.reshape(filter, [filter.shape[2], filter.shape[3]])), bias);
  const squeezed = swish(linear(spatialMean(x), reduce)); // [1,S]
  return tf.reshape(tf.sigmoid(linear(squeezed, excite)), [-1, 1]); // [E,1]
}
