import * as tf from '@tensorflow/tfjs-core';
import { convolve, type ConvOptions } from './convolve.js';
import { getParam, type Params } from './params.js';

/** Options of `conditionedConv2d`. */
export interface ConditionedConvOptions extends ConvOptions {
  /** Whether the condition's channels come before those of `x` in the filter. */
  readonly order: 'condition first' | 'condition last';
}

/**
 * Convolution of `x` and a condition, concatenated. A convolution is linear, so the two are convolved apart and added:
 * a condition that is the same for the whole batch is convolved once, and no gradient runs back to it.
 *
 * @param x [N,h,w,I]
 * @param condition [h,w,C], [1,h,w,C] or [N,h,w,C]
 * @param prefix layer whose filter is [k,k,I+C,O]
 * @returns [N,h,w,O]
 * @throws Error if the channels of both do not add up to the filter's
 */
export function conditionedConv2d(
  x: tf.Tensor4D,
  condition: tf.Tensor3D | tf.Tensor4D,
  params: Readonly<Params>,
  prefix: string,
  options: ConditionedConvOptions,
): tf.Tensor4D {
  const filter = getParam<tf.Tensor4D>(params, `${prefix}.weight`);
  const channels = x.shape[3];
  const extra = condition.shape[condition.rank - 1] as number;
  if (channels + extra !== filter.shape[2]) {
    throw new Error(`${prefix}: expected ${filter.shape[2]} channels, got ${channels} and ${extra} of the condition`);
  }
  const first = options.order === 'condition first';
  return tf.tidy(() => {
    const c = condition.rank === 4 ? (condition as tf.Tensor4D) : tf.expandDims<tf.Tensor4D>(condition, 0); // [1 or N,h,w,C]
    const parts = tf.split(filter, first ? [extra, channels] : [channels, extra], 2) as [tf.Tensor4D, tf.Tensor4D];
    const [ofX, ofCondition] = first ? [parts[1], parts[0]] : parts;
    const offset = convolve(c, ofCondition, getParam(params, `${prefix}.bias`), { ...options, slope: 1 }); // [1 or N,h,w,O]
    return convolve(x, ofX, offset, options); // [N,h,w,O]
  });
}
