import type * as tf from '@tensorflow/tfjs-core';
import type { Params, ParamSpecs } from '@blemish/layers';

/** Where a transform sends its input, and how much it stretches space there. */
export interface Transformed {
  /** [N,h,w,C] */
  readonly z: tf.Tensor4D;
  /** log|det J| at each position, [N,h,w]: the logarithms of all scalings of its channels, summed. */
  readonly logAbsDet: tf.Tensor3D;
}

/** What a transform may look at beside its input: [h,w,c] for every sample alike, or [N,h,w,c]. */
export type Condition = tf.Tensor3D | tf.Tensor4D;

/**
 * A bijection of feature maps. `inverse(forward(x).z)` is x, and `logAbsDet` summed over the positions of a sample is the
 * logarithm of the Jacobian's determinant. Both return tensors that their caller disposes, and leave nothing else.
 */
export interface Transform {
  /** Its parameters by full name; empty where nothing is learnt. */
  readonly specs: ParamSpecs;
  /** @param x [N,h,w,C] */
  forward(params: Readonly<Params>, x: tf.Tensor4D, condition?: Condition): Transformed;
  /** @param z [N,h,w,C] */
  inverse(params: Readonly<Params>, z: tf.Tensor4D, condition?: Condition): tf.Tensor4D;
}
