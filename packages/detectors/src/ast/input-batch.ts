import * as tf from '@tensorflow/tfjs-core';
import { batchTensor } from '../batch-tensor.js';
import type { AstInput } from './ast-input.js';

/** A batch as both networks take it; the caller disposes its tensors. */
export interface InputBatch {
  /** `[N,h,w,C]` */
  readonly x: tf.Tensor4D;
  /** Weight of each position `[N,h,w]`; absent where all weigh 1. */
  readonly mask: tf.Tensor3D | undefined;
}

/** Stacks inputs of shape `[h,w,C]`, all with a mask or all without. */
export function inputBatch(inputs: readonly AstInput[], shape: readonly [number, number, number]): InputBatch {
  const [h, w] = shape;
  const masks = inputs.flatMap(({ mask }) => (mask === undefined ? [] : [mask]));
  const x = batchTensor(inputs.map((input) => input.x), shape); // [N,h,w,C]
  if (masks.length === 0) return { x, mask: undefined };
  return { x, mask: tf.tidy(() => tf.squeeze<tf.Tensor3D>(batchTensor(masks, [h, w, 1]), [3])) }; // [N,h,w]
}
