import { scaleChannels, scaleRepeats, scalings, type EfficientNetVariant } from './scaling.js';

/** One inverted bottleneck: expand 1x1, depthwise k x k, squeeze-excite, project 1x1, and the skip. */
export interface BlockSpec {
  /** Place in the network, from 0. */
  readonly index: number;
  /** Side of the depthwise filter. */
  readonly kernel: number;
  /** Step of the depthwise convolution. */
  readonly stride: number;
  /** Channels coming in. */
  readonly input: number;
  /** Channels between the two 1x1 convolutions; equal to `input` where there is no expansion. */
  readonly expanded: number;
  /** Channels between the two convolutions of squeeze-excite: a quarter of the block's INPUT. */
  readonly squeezed: number;
  /** Channels going out. */
  readonly output: number;
  /** Whether the input is added to the output: same step, same channels. */
  readonly skip: boolean;
  /** Image pixels a step on the block's output. */
  readonly totalStride: number;
}

/** Stem and blocks of one variant. */
export interface BlockTable {
  /** Channels of the stem, a 3x3 convolution with stride 2. */
  readonly stem: number;
  /** All blocks, in order. */
  readonly blocks: readonly BlockSpec[];
}

/** B0's stages: repeats, kernel, stride of the first block, expansion, channels in, channels out. */
const stages = [
  [1, 3, 1, 1, 32, 16],
  [2, 3, 2, 6, 16, 24],
  [2, 5, 2, 6, 24, 40],
  [3, 3, 2, 6, 40, 80],
  [3, 5, 1, 6, 80, 112],
  [4, 5, 2, 6, 112, 192],
  [1, 3, 1, 6, 192, 320],
] as const;

/** The blocks of a variant, computed from the published coefficients. */
export function blockTable(variant: EfficientNetVariant): BlockTable {
  const { width, depth } = scalings[variant];
  const blocks: BlockSpec[] = [];
  let totalStride = 2;
  for (const [repeats, kernel, firstStride, expansion, stageInput, stageOutput] of stages) {
    const output = scaleChannels(stageOutput, width);
    for (let repeat = 0; repeat < scaleRepeats(repeats, depth); repeat++) {
      const stride = repeat === 0 ? firstStride : 1;
      const input = repeat === 0 ? scaleChannels(stageInput, width) : output;
      totalStride *= stride;
      blocks.push({
        index: blocks.length,
        kernel,
        stride,
        input,
        expanded: input * expansion,
        squeezed: Math.max(1, Math.floor(input / 4)),
        output,
        skip: stride === 1 && input === output,
        totalStride,
      });
    }
  }
  return { stem: scaleChannels(32, width), blocks };
}
