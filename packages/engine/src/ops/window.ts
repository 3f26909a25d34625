import type * as tf from '@tensorflow/tfjs-core';

/** Zeros before and after, along one side. */
export type Pads = readonly [before: number, after: number];

/** A filter and what is added to its sums. */
export interface FilterAndBias {
  readonly filter: tf.Tensor4D;
  readonly bias: tf.Tensor1D;
}

/** Which zeros the windows of a convolution see: the same at all sides' ends, or TensorFlow's SAME from the real size. */
export type WindowPads = Pads | 'same';

/** Where the windows of a convolution stand on a map. */
export interface Windows {
  readonly kernel: number;
  readonly stride: number;
  readonly top: number;
  readonly left: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

/** TensorFlow's SAME: as many zeros as give ceil(size / stride) outputs. */
export function samePads(size: number, kernel: number, stride: number): Pads {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** The windows of a square filter on a map `[N,H,W,...]`. */
export function windowsOn(shape: readonly [number, number, number, ...number[]], kernel: number, stride: number, pads: WindowPads): Windows {
  const [, height, width] = shape;
  const [rows, columns] = [height, width].map((size) => (pads === 'same' ? samePads(size, kernel, stride) : pads)) as [Pads, Pads];
  const outputs = (size: number, [before, after]: Pads): number => Math.floor((size + before + after - kernel) / stride) + 1;
  return { kernel, stride, top: rows[0], left: columns[0], outHeight: outputs(height, rows), outWidth: outputs(width, columns) };
}

/** `pads` as TensorFlow.js takes it. */
export function stockPads(pads: WindowPads): tf.backend_util.ExplicitPadding | 'same' {
  return pads === 'same' ? 'same' : ([[0, 0], pads, pads, [0, 0]] as tf.backend_util.ExplicitPadding);
}
