import * as tf from '@tensorflow/tfjs-core';
import {
  batchNorm,
  batchNormSpecs,
  conditionedConv2d,
  conv2d,
  convSpecs,
  initParams,
  type Params,
  type ParamSpecs,
  type Random,
} from '@blemish/layers';

/** Size of AST's student. */
export interface AstStudentOptions {
  /** Channels of its input and output. */
  readonly channels: number;
  /** Channels of the positional encoding; 0 where there is none. */
  readonly conditionChannels: number;
  /** Channels inside; 1024 in the paper. */
  readonly hidden: number;
  /** Number of residual blocks; 4 in the paper. */
  readonly blocks: number;
  /** Slope of LeakyReLU below zero. Default 0.01, the released code's; the paper prints 0.2. */
  readonly slope?: number;
}

/** The student's output, and in training its new running statistics by full name (empty otherwise). */
export interface AstStudentOutput {
  /** [N,h,w,channels] */
  readonly y: tf.Tensor4D;
  readonly buffers: Params;
}

/** The convolutional student of AST; its parameters are named as in the official checkpoints. */
export interface AstStudent {
  /** Parameters and buffers by name. */
  readonly specs: ParamSpecs;
  /** Starting parameters; the caller disposes them. */
  init(random: Random): Params;
  /**
   * @param x [N,h,w,channels]
   * @param condition positional encoding, [h,w,c] or [N,h,w,c]; undefined where the student has no channels for one
   * @param options training: normalise by the batch, not by the running statistics
   * @returns tensors that the caller disposes
   */
  apply(
    params: Readonly<Params>,
    x: tf.Tensor4D,
    condition: tf.Tensor3D | tf.Tensor4D | undefined,
    options: { readonly training: boolean },
  ): AstStudentOutput;
}

/**
 * AST's student (Rudolph et al., WACV 2023, section 3.3): convolution, residual blocks of two convolutions each with
 * batch normalisation and LeakyReLU, convolution; 3x3 with zero padding throughout.
 */
export function createAstStudent(options: AstStudentOptions): AstStudent {
  const { channels, conditionChannels, hidden, blocks, slope = 0.01 } = options;
  const specs: ParamSpecs = Object.assign(
    {},
    convSpecs('conv1', 3, conditionChannels + channels, hidden),
    convSpecs('conv2', 3, hidden, channels),
    ...Array.from({ length: blocks }, (_, k) => blockSpecs(`res.${k}`, hidden)),
  );

  /** Convolution, batch normalisation, LeakyReLU: half of a residual block, and in its second half the sum. */
  const half = (params: Readonly<Params>, x: tf.Tensor4D, conv: string, norm: string, training: boolean, residual?: tf.Tensor4D): AstStudentOutput =>
    batchNorm(conv2d(x, params, conv), params, norm, { training, slope, ...(residual === undefined ? {} : { residual }) });

  return {
    specs,
    init: (random) => initParams(specs, random),
    apply(params, x, condition, { training }) {
      const buffers: Params = {};
      const { y, ...kept } = tf.tidy(() => {
        let h =
          condition === undefined
            ? conv2d(x, params, 'conv1', { slope })
            : conditionedConv2d(x, condition, params, 'conv1', { order: 'condition first', slope }); // [N,h,w,hidden]
        for (let k = 0; k < blocks; k++) {
          const first = half(params, h, `res.${k}.l1`, `res.${k}.bn1`, training);
          const second = half(params, first.y, `res.${k}.l2`, `res.${k}.bn2`, training, h);
          h = second.y;
          Object.assign(buffers, first.buffers, second.buffers);
        }
        return { y: conv2d(h, params, 'conv2'), ...buffers }; // [N,h,w,channels]
      });
      return { y: y as tf.Tensor4D, buffers: kept };
    },
  };
}

/**
 * Whether a name in an official checkpoint is one that the student has no use for: a `gamma` that nothing reads, and
 * PyTorch's counters of batches.
 */
export function isUnusedByAstStudent(name: string): boolean {
  return name === 'gamma' || name.endsWith('.num_batches_tracked');
}

function blockSpecs(prefix: string, hidden: number): ParamSpecs {
  return {
    ...convSpecs(`${prefix}.l1`, 3, hidden, hidden),
    ...convSpecs(`${prefix}.l2`, 3, hidden, hidden),
    ...batchNormSpecs(`${prefix}.bn1`, hidden),
    ...batchNormSpecs(`${prefix}.bn2`, hidden),
  };
}
