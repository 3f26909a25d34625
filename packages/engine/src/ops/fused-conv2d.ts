import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/kernel.js';
import { leakyRelu, leakyReluGradKernel } from './leaky-relu.js';
import { replicatePad } from './replicate-pad.js';

export const fusedConv2dKernel = 'BlemishFusedConv2D';
export const fusedConv2dInputGradKernel = 'BlemishFusedConv2DInputGrad';
export const fusedConv2dFilterGradKernel = 'BlemishFusedConv2DFilterGrad';

/** How the windows of `fusedConv2d` lie, and what follows the sum. */
export interface FusedConvOptions {
  /** Positions beyond each edge. */
  readonly pad: number;
  /** What is read there. */
  readonly edges: 'zero' | 'replicate';
  /** Positions from one window to the next. Default 1. */
  readonly stride?: number;
  /** Slope of a LeakyReLU below zero; 0 is the ReLU, 1 nothing. */
  readonly slope: number;
}

/** What the kernels of the operation are told. */
export interface FusedConvAttributes extends FusedConvOptions {
  /** `[N,H,W,C]` */
  readonly inputShape: readonly [number, number, number, number];
  readonly offsetShape: readonly number[] | undefined;
}

/**
 * Convolution (cross-correlation), plus an offset, through a LeakyReLU, with gradients for x, filter and offset: one pass
 * where a kernel of ours is there.
 *
 * @param x `[N,H,W,C]`
 * @param filter `[k,k,C,K]`
 * @param offset `[K]`, or a map `[1,H',W',K]` or `[N,H',W',K]`
 * @returns `[N,H',W',K]`, H' = (H + 2 pad - k) / stride + 1, rounded down
 */
export function fusedConv2d(x: tf.Tensor4D, filter: tf.Tensor4D, offset: tf.Tensor | undefined, options: FusedConvOptions): tf.Tensor4D {
  if (!isFast(x, filter, offset, options)) return plainFusedConv2d(x, filter, offset, options);
  const attributes: FusedConvAttributes = { ...options, inputShape: x.shape, offsetShape: offset?.shape };
  return runKernel<tf.Tensor4D>(fusedConv2dKernel, offset === undefined ? { x, filter } : { x, filter, offset }, attributes);
}

/** `fusedConv2d` of stock operations: the definition. */
export function plainFusedConv2d(x: tf.Tensor4D, filter: tf.Tensor4D, offset: tf.Tensor | undefined, options: FusedConvOptions): tf.Tensor4D {
  const { pad, edges, slope, stride = 1 } = options;
  return tf.tidy(() => {
    // With zeros and one output for each input, SAME is symmetric for an odd filter; at larger strides it is not.
    const same = edges === 'zero' && stride === 1 && 2 * pad === filter.shape[0] - 1;
    const padded = same || pad === 0 ? x : edges === 'replicate' ? replicatePad(x, pad) : tf.pad(x, [[0, 0], [pad, pad], [pad, pad], [0, 0]]);
    const y = tf.conv2d(padded, filter, stride, same ? 'same' : 'valid');
    const sum = offset === undefined ? y : tf.add<tf.Tensor4D>(y, offset);
    return slope === 1 ? sum : leakyRelu(sum, slope);
  });
}

/** Whether a kernel takes it: square filters of 3 or 5 at stride 1, which minimal filtering serves, and an offset that fits the output. */
function isFast(x: tf.Tensor4D, filter: tf.Tensor4D, offset: tf.Tensor | undefined, { pad, slope, stride = 1 }: FusedConvOptions): boolean {
  const [rows, columns, channels, outputs] = filter.shape;
  if (!hasKernel(fusedConv2dKernel) || rows !== columns || (rows !== 3 && rows !== 5)) return false;
  const [n, h, w, c] = x.shape;
  const [outH, outW] = [h + 2 * pad - rows + 1, w + 2 * pad - rows + 1];
  const shapes = [[outputs], [1, outH, outW, outputs], [n, outH, outW, outputs]];
  const fits = offset === undefined || shapes.some((shape) => tf.util.arraysEqual(shape, offset.shape));
  return fits && stride === 1 && channels === c && outH > 0 && outW > 0 && n > 0 && slope >= 0 && slope <= 1;
}

/** Registers the gradient with TensorFlow.js. */
export function registerFusedConv2dGradient(): void {
  tf.registerGradient({
    kernelName: fusedConv2dKernel,
    inputsToSave: ['x', 'filter'],
    outputsToSave: [true],
    gradFunc: (dyOrDys, saved, attributes) => {
      const [x, filter, y] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
      const given = attributes as unknown as FusedConvAttributes;
      const { offsetShape, slope } = given;
      // The gradient of a map of offsets is a map as well: there the activation's part is made once, for all three.
      const isMap = offsetShape !== undefined && offsetShape.length > 1;
      const behind = isMap && slope !== 1;
      const dy = behind ? runKernel<tf.Tensor>(leakyReluGradKernel, { dy: dyOrDys as tf.Tensor, y }, { alpha: slope }) : (dyOrDys as tf.Tensor);
      const rest = behind ? { ...given, slope: 1 } : given;
      const [dFilter, dBias] = runKernel<[tf.Tensor, tf.Tensor]>(fusedConv2dFilterGradKernel, { x, dy, y }, { ...rest, kernel: filter.shape[0] });
      return {
        x: () => runKernel<tf.Tensor>(fusedConv2dInputGradKernel, { dy, y, filter }, rest),
        filter: () => dFilter,
        offset: () => (!isMap ? dBias : offsetShape[0] === 1 ? tf.sum(dy, 0, true) : tf.clone(dy)),
      };
    },
  });
}
