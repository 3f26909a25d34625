import type * as tf from '@tensorflow/tfjs-core';
import type { ResNetLevel, ResNetName, Tap } from '@blemish/features';
import type { Params, ParamSpecs } from '@blemish/layers';

/** What a student is shown: images in [0,1] `[N,H,W,3]`, and the teacher's maps of them `[N,h,w,C]`, one a level. */
export interface PyramidBatch {
  readonly images: tf.Tensor4D;
  readonly teacher: readonly tf.Tensor4D[];
}

/** A network that learns a teacher's maps at several levels. */
export interface PyramidLearner {
  /** Parameters and buffers by name, as model files keep them. */
  readonly specs: ParamSpecs;
  /**
   * @param options training: normalise by the batch, and return new running statistics by full name
   * @returns one map a level, of the teacher's shape; tensors that the caller disposes
   */
  apply(params: Readonly<Params>, batch: PyramidBatch, options: { readonly training: boolean }): { readonly levels: tf.Tensor4D[]; readonly buffers: Params };
  /** The trained network in a faster form; absent where there is none. */
  readonly scoring?: {
    /** Its parameters, made of the trained ones; the caller disposes them. */
    fold(params: Readonly<Params>): Params;
    /** The levels of `apply` without training, up to rounding. */
    apply(folded: Readonly<Params>, batch: PyramidBatch): tf.Tensor4D[];
  };
}

/** What a student must know of its teacher. */
export interface PyramidTeacher {
  readonly name: ResNetName;
  readonly levels: readonly ResNetLevel[];
  /** Channels and stride of each level. */
  readonly taps: readonly Tap[];
}
