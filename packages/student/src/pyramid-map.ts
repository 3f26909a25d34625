import * as tf from '@tensorflow/tfjs-core';
import { pyramidDistances, type PyramidLossOptions } from './pyramid-loss.js';

/** How levels become one map. */
export interface PyramidMapOptions extends PyramidLossOptions {
  /** Side of the map, in positions. */
  readonly size: number;
  /** What is done with the levels: multiplied, as in the paper, or added. */
  readonly fusion: 'product' | 'sum';
}

/**
 * The anomaly map of feature pyramid matching (Wang et al., BMVC 2021, equations 4 and 5): the distances of each level,
 * bilinear to one size (pixels' centres aligned, as PyTorch's `align_corners=False`), put together.
 *
 * @param teacher one [N,h,w,C] a level
 * @param student one [N,h,w,C] a level
 * @returns [N,size,size]
 */
export function pyramidMap(teacher: readonly tf.Tensor4D[], student: readonly tf.Tensor4D[], { size, fusion, half }: PyramidMapOptions): tf.Tensor3D {
  return tf.tidy(() => {
    const levels = pyramidDistances(teacher, student).map((distance) => {
      const map = tf.image.resizeBilinear(tf.expandDims<tf.Tensor4D>(half ? tf.div(distance, 2) : distance, 3), [size, size], false, true);
      return tf.reshape<tf.Rank.R3>(map, [-1, size, size]);
    });
    return levels.reduce((one, other) => (fusion === 'product' ? tf.mul(one, other) : tf.add(one, other)));
  });
}
