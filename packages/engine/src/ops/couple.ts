import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/kernel.js';

export const coupleKernel = 'BlemishCouple';
export const coupleGradKernel = 'BlemishCoupleGrad';

/** What a half of a coupling block makes; a type, not an interface, so that `tf.tidy` takes it. */
export type Coupled = {
  /** `[N,h,w,c]` */
  readonly y: tf.Tensor4D;
  /** Sum of the clamped scales over the channels, `[N,h,w]`: the logarithm of the volume's change. */
  readonly logAbsDet: tf.Tensor3D;
};

/** What the kernels are told. */
export interface CoupleAttributes {
  readonly clamp: number;
}

/**
 * Half of an affine coupling block in one pass, with gradients for both: `y = x · exp(e) + t`, where `r = [s, t]` and
 * `e = 0.636 · clamp · atan(s / clamp)`.
 *
 * @param x `[N,h,w,c]`
 * @param r `[N,h,w,2c]`
 * @param clamp positive
 * @returns undefined where the backend has no kernel for it: then the flow's own operations serve
 */
export function couple(x: tf.Tensor4D, r: tf.Tensor4D, clamp: number): Coupled | undefined {
  if (!hasKernel(coupleKernel)) return undefined;
  const [y, logAbsDet] = runKernel<[tf.Tensor4D, tf.Tensor3D]>(coupleKernel, { x, r }, { clamp });
  return { y, logAbsDet };
}

/** Registers the gradient with TensorFlow.js: one kernel gives both. */
export function registerCoupleGradient(): void {
  tf.registerGradient({
    kernelName: coupleKernel,
    inputsToSave: ['x', 'r'],
    gradFunc: (dys, [x, r], attributes) => {
      const [dy, dj] = dys as [tf.Tensor, tf.Tensor];
      const [dx, dr] = runKernel<[tf.Tensor, tf.Tensor]>(coupleGradKernel, { x: x as tf.Tensor, r: r as tf.Tensor, dy, dj }, attributes);
      return { x: () => dx, r: () => dr };
    },
  });
}
