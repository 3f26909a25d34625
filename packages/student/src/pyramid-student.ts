import * as tf from '@tensorflow/tfjs-core';
import { relu } from '@blemish/engine';
import {
  imagenet,
  normalise,
  resnetArchitecture,
  resnetLevels,
  resnetSpecs,
  walkResNet,
  type ApplyUnit,
  type Normalisation,
  type ResNetLevel,
  type ResNetName,
  type Tap,
} from '@blemish/features';
import { batchNorm, convolve, getParam, initParams, type Params, type ParamSpecs, type Random } from '@blemish/layers';

/** Which network learns, and what of it. */
export interface PyramidStudentOptions {
  /** The teacher's architecture. */
  readonly variant: ResNetName;
  /** The levels that it gives, shallow to deep; nothing beyond the last is built. STFPM: `layer1` to `layer3`. */
  readonly levels: readonly ResNetLevel[];
  /** What is taken from and divides RGB in [0,1]. Default ImageNet's; `none` for images already normalised. */
  readonly normalisation?: Normalisation | 'none';
}

/** The student's maps, and in training its new running statistics by full name (empty otherwise). */
export interface PyramidStudentOutput {
  /** One [N,h,w,channels] a level, shallow to deep. */
  readonly levels: tf.Tensor4D[];
  readonly buffers: Params;
}

/** A network that learns a teacher's maps at several levels; parameters are named as in torchvision's files. */
export interface PyramidStudent {
  /** Parameters and buffers by name. */
  readonly specs: ParamSpecs;
  /** The levels: name, channels, stride. */
  readonly taps: readonly Tap[];
  /** Starting parameters, as torchvision draws them; the caller disposes them. */
  init(random: Random): Params;
  /**
   * @param images [N,H,W,3], RGB in [0,1]
   * @param options training: normalise by the batch, not by the running statistics
   * @returns tensors that the caller disposes
   */
  apply(params: Readonly<Params>, images: tf.Tensor4D, options: { readonly training: boolean }): PyramidStudentOutput;
}

/**
 * The student of feature pyramid matching (Wang et al., BMVC 2021): the teacher's residual network from a random start, with
 * its batch normalisations. Its parameters are those that `createResNet` loads, which scores faster: there the normalisations
 * are folded, and an image's bits do not depend on its batch.
 *
 * @throws Error for no levels, or a wrong order
 */
export function createPyramidStudent({ variant, levels, normalisation = imagenet }: PyramidStudentOptions): PyramidStudent {
  const depths = levels.map((level) => resnetLevels.indexOf(level));
  if (levels.length === 0 || !depths.every((depth, i) => depth > (depths[i - 1] ?? -1))) {
    throw new Error(`pyramid student: levels should be among ${resnetLevels.join(', ')}, shallow to deep, are [${levels.join(', ')}]`);
  }
  const architecture = resnetArchitecture(variant, levels.at(-1));
  const specs = resnetSpecs(architecture);
  const stages = architecture.stages.filter(({ level }) => levels.includes(level));
  return {
    specs,
    taps: stages.map(({ level, channels, stride }) => ({ name: level, channels, stride })),
    init: (random) => initParams(specs, random),
    apply(params, images, { training }) {
      const buffers: Params = {};
      const { maps } = tf.tidy(() => {
        const input = normalisation === 'none' ? images : normalise(images, normalisation);
        const all = walkResNet(input, architecture, unfolded(params, training, buffers));
        return { maps: levels.map((level) => all[resnetLevels.indexOf(level)] as tf.Tensor4D), buffers };
      });
      return { levels: maps, buffers };
    },
  };
}

/** Convolution, then normalisation; new running statistics go to `buffers`. */
function unfolded(params: Readonly<Params>, training: boolean, buffers: Params): ApplyUnit {
  return (x, { convolution, norm, stride }, after) => {
    const { y, fresh } = tf.tidy(() => {
      const z = convolve(x, getParam(params, `${convolution}.weight`), undefined, { stride }); // [N,h,w,out]
      const { residual } = after;
      const activated = after.relu && residual === undefined; // the ReLU is in the normalisation's pass, but not behind a sum
      const { y, buffers } = batchNorm(z, params, norm, { training, slope: activated ? 0 : 1, ...(residual === undefined ? {} : { residual }) });
      z.dispose();
      return { y: after.relu && !activated ? relu(y) : y, fresh: buffers };
    });
    Object.assign(buffers, fresh);
    return y;
  };
}
