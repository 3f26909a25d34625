import { resnetLevels, resnetScalings, type ResNetLevel, type ResNetName } from './variant.js';

/** A convolution without bias and the batch normalisation behind it. */
export interface ResNetUnit {
  /** Prefix of the convolution's weights, such as `layer1.0.conv1`. */
  readonly convolution: string;
  /** Prefix of the normalisation's, such as `layer1.0.bn1`. */
  readonly norm: string;
  /** Side of the filter; as many zeros as keep the size at stride 1 lie around the map. */
  readonly kernel: 1 | 3 | 7;
  readonly stride: 1 | 2;
  readonly inChannels: number;
  readonly outChannels: number;
}

/** A residual block: the units one after the other, and what is added before the last ReLU. */
export interface ResNetBlock {
  readonly units: readonly ResNetUnit[];
  /** What the block's input goes through to be added; undefined: nothing. */
  readonly shortcut: ResNetUnit | undefined;
}

/** The blocks between two taps. */
export interface ResNetStage {
  readonly level: ResNetLevel;
  readonly blocks: readonly ResNetBlock[];
  readonly channels: number;
  /** Image pixels a step on the level's map. */
  readonly stride: number;
}

/** A residual network up to a level. The stem's unit is followed by max pooling, 3x3 at stride 2 with an edge of 1. */
export interface ResNetArchitecture {
  readonly stem: ResNetUnit;
  readonly stages: readonly ResNetStage[];
}

/**
 * Every layer of a residual network (He et al., CVPR 2016) under torchvision's names. In bottlenecks the 3x3 convolution
 * makes the step ("v1.5"), as torchvision's do.
 *
 * @param last the level to stop after
 */
export function resnetArchitecture(variant: ResNetName, last: ResNetLevel = 'layer4'): ResNetArchitecture {
  const { block, blocks, width, stem: first } = resnetScalings[variant];
  const stem = unit('conv1', 'bn1', 7, 2, 3, first);
  const stages: ResNetStage[] = [];
  let inChannels = stem.outChannels;
  resnetLevels.slice(0, resnetLevels.indexOf(last) + 1).forEach((level, i) => {
    const channels = first * 2 ** i * (block === 'basic' ? 1 : 4);
    const made: ResNetBlock[] = [];
    for (let k = 0; k < (blocks[i] as number); k++) {
      const shape: BlockShape = { at: `${level}.${k}`, stride: i > 0 && k === 0 ? 2 : 1, inChannels, inside: width * 2 ** i, channels };
      made.push(block === 'basic' ? basicBlock(shape) : bottleneck(shape));
      inChannels = channels;
    }
    stages.push({ level, blocks: made, channels, stride: 4 * 2 ** i });
  });
  return { stem, stages };
}

/** Every convolution of a network with its normalisation, in the order of torchvision's files. */
export function resnetUnits({ stem, stages }: ResNetArchitecture): ResNetUnit[] {
  const ofBlock = ({ units, shortcut }: ResNetBlock): readonly ResNetUnit[] => (shortcut === undefined ? units : [...units, shortcut]);
  return [stem, ...stages.flatMap(({ blocks }) => blocks.flatMap(ofBlock))];
}

interface BlockShape {
  readonly at: string;
  readonly stride: 1 | 2;
  readonly inChannels: number;
  readonly inside: number;
  readonly channels: number;
}

function basicBlock(shape: BlockShape): ResNetBlock {
  const { at, stride, inChannels, channels } = shape;
  const units = [unit(`${at}.conv1`, `${at}.bn1`, 3, stride, inChannels, channels), unit(`${at}.conv2`, `${at}.bn2`, 3, 1, channels, channels)];
  return { units, shortcut: shortcut(shape) };
}

function bottleneck(shape: BlockShape): ResNetBlock {
  const { at, stride, inChannels, inside, channels } = shape;
  const units = [
    unit(`${at}.conv1`, `${at}.bn1`, 1, 1, inChannels, inside),
    unit(`${at}.conv2`, `${at}.bn2`, 3, stride, inside, inside),
    unit(`${at}.conv3`, `${at}.bn3`, 1, 1, inside, channels),
  ];
  return { units, shortcut: shortcut(shape) };
}

/** Where the block changes size or channels, so does what is added. */
function shortcut({ at, stride, inChannels, channels }: BlockShape): ResNetUnit | undefined {
  if (stride === 1 && inChannels === channels) return undefined;
  return unit(`${at}.downsample.0`, `${at}.downsample.1`, 1, stride, inChannels, channels);
}

function unit(convolution: string, norm: string, kernel: 1 | 3 | 7, stride: 1 | 2, inChannels: number, outChannels: number): ResNetUnit {
  return { convolution, norm, kernel, stride, inChannels, outChannels };
}
