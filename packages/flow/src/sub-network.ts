import type * as tf from '@tensorflow/tfjs-core';
import type { Params, ParamSpecs } from '@blemish/layers';
import type { Condition } from './transform.js';

/**
 * A network that says how one half of the channels scales and moves the other. It may be any function whose output at
 * all positions it can compute from its inputs; a flow never looks inside.
 */
export interface SubNetwork {
  /**
   * Its parameters, full names beginning with `prefix.`
   *
   * @param inChannels channels of x and of the condition together
   */
  specs(prefix: string, inChannels: number, outChannels: number): ParamSpecs;
  /**
   * @param x [N,h,w,I]
   * @param condition the flow's, if it has one
   * @returns [N,h,w,outChannels]: all scales, then all translations
   */
  apply(params: Readonly<Params>, prefix: string, x: tf.Tensor4D, condition?: Condition): tf.Tensor4D;
}
