import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/kernel.js';

export const conv2dInputGradKernel = 'BlemishConv2DInputGrad';
export const conv2dFilterGradKernel = 'BlemishConv2DFilterGrad';

/** Where a convolution's window stands: what both of its gradients need beside the tensors. */
export interface ConvGeometry {
  /** `[N,H,W,C]` of the input. */
  readonly inputShape: readonly [number, number, number, number];
  /** `[kh,kw,C,D]` of the filter. */
  readonly filterShape: readonly [number, number, number, number];
  /** Steps down and to the right. */
  readonly strides: readonly [number, number];
  /** Rows and columns of zeros around the input. */
  readonly padding: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
}

interface Conv2DAttributes {
  readonly strides: [number, number] | number;
  readonly pad: tf.backend_util.ExplicitPadding | 'valid' | 'same' | number;
  readonly dilations: [number, number] | number;
  readonly dataFormat: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * Puts our gradient of `Conv2D` in the place of TensorFlow.js', whose filter gradient `wasm` lacks and `cpu` runs at
 * 0.02 GMAC/s. A backend without kernels of ours keeps its own.
 */
export function registerConv2dGradient(): void {
  tf.unregisterGradient(tf.Conv2D);
  tf.registerGradient({
    kernelName: tf.Conv2D,
    inputsToSave: ['x', 'filter'],
    gradFunc: (dyOrDys, saved, attributes) => {
      const dy = dyOrDys as tf.Tensor4D;
      const [x, filter] = saved as [tf.Tensor4D, tf.Tensor4D];
      const { strides, pad, dilations, dataFormat, dimRoundingMode } = attributes as unknown as Conv2DAttributes;
      if (!tf.backend_util.tupleValuesAreOne(dilations)) {
        throw new Error(`gradient of conv2d: expected dilations of 1, got ${dilations}`);
      }
      if (!hasKernel(conv2dInputGradKernel)) {
        const common = { strides, pad, dataFormat, dimRoundingMode };
        return {
          x: () => runKernel<tf.Tensor>(tf.Conv2DBackpropInput, { dy, filter }, { ...common, inputShape: x.shape }),
          filter: () => runKernel<tf.Tensor>(tf.Conv2DBackpropFilter, { x, dy }, { ...common, filterShape: filter.shape }),
        };
      }
      if (dataFormat !== 'NHWC') throw new Error(`gradient of conv2d: expected data format NHWC, got ${dataFormat}`);
      const info = tf.backend_util.computeConv2DInfo(x.shape, filter.shape, strides, dilations, pad, dimRoundingMode);
      const geometry: ConvGeometry = {
        inputShape: x.shape,
        filterShape: filter.shape,
        strides: [info.strideHeight, info.strideWidth],
        padding: info.padInfo,
      };
      return {
        x: () => runKernel<tf.Tensor>(conv2dInputGradKernel, { dy, filter }, geometry),
        filter: () => runKernel<tf.Tensor>(conv2dFilterGradKernel, { x, dy }, geometry),
      };
    },
  });
}
