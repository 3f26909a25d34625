import { batchNormSpecs, type ParamSpec, type ParamSpecs } from '@blemish/layers';
import type { BlockSpec } from './block-table.js';

// Starting values of a random network. Nothing normalises in inference mode, so they must keep features in bounds by
// themselves; with these, the mean square of every tap of B0 to B7 lies between 0.1 and 30 on photographs. How:
/** Mean square that swish leaves of a mean square of 1, taken too high (0.36 for a normal variable): errors then shrink. */
const swishPower = 0.6;
/** Gates start near sigmoid(0) = 1/2, which leaves a quarter of the power; smaller weights keep them there. */
const gatedPower = swishPower / 4;
const gateScale = 0.1;
/** Standard deviation of the shifts before each swish: what they add makes up for what is taken too high above. */
const shiftDeviation = 0.5;
/** Scale of what a block adds to its input. */
const residualScale = 0.5;

/** The weights of the stem, under efficientnet_pytorch's names. */
export function stemSpecs(channels: number): ParamSpecs {
  return { '_conv_stem.weight': filter(3, 3, channels, 1), ...shiftedNorm('_bn0', channels) };
}

/** The weights of one block, under efficientnet_pytorch's names. */
export function blockSpecs(block: BlockSpec): ParamSpecs {
  const { index, kernel, input, expanded, squeezed, output, skip } = block;
  const at = `_blocks.${index}`;
  const expands = expanded !== input;
  // The first block reads the stem's swish; one without expansion further on reads a projection.
  const depthwiseReads = expands || index === 0 ? swishPower : 1;
  return {
    ...(expands && { [`${at}._expand_conv.weight`]: filter(1, input, expanded, 1), ...shiftedNorm(`${at}._bn0`, expanded) }),
    [`${at}._depthwise_conv.weight`]: {
      shape: [kernel, kernel, expanded, 1],
      layout: 'depthwise',
      trainable: true,
      initial: { bound: bound(kernel * kernel * depthwiseReads) },
    },
    ...shiftedNorm(`${at}._bn1`, expanded),
    [`${at}._se_reduce.weight`]: filter(1, expanded, squeezed, swishPower / gateScale ** 2),
    [`${at}._se_reduce.bias`]: vector(squeezed, 0),
    [`${at}._se_expand.weight`]: filter(1, squeezed, expanded, swishPower / gateScale ** 2),
    [`${at}._se_expand.bias`]: vector(expanded, 0),
    [`${at}._project_conv.weight`]: filter(1, expanded, output, gatedPower),
    ...batchNormSpecs(`${at}._bn2`, output),
    ...(skip && { [`${at}._bn2.weight`]: vector(output, residualScale) }),
  };
}

/** Names of the head, which feature extraction never needs. */
export const headNames: ReadonlySet<string> = new Set([
  '_conv_head.weight',
  ...Object.keys(batchNormSpecs('_bn1', 1)),
  '_fc.weight',
  '_fc.bias',
]);

/** A filter in HWIO; `power`: the mean square of what it reads, for an output near 1. */
function filter(kernel: number, input: number, output: number, power: number): ParamSpec {
  return {
    shape: [kernel, kernel, input, output],
    layout: 'filter',
    trainable: true,
    initial: { bound: bound(kernel * kernel * input * power) },
  };
}

/** Batch normalisation whose shifts are drawn. */
function shiftedNorm(name: string, channels: number): ParamSpecs {
  const bias: ParamSpec = { ...vector(channels, 0), initial: { bound: shiftDeviation * Math.sqrt(3) } };
  return { ...batchNormSpecs(name, channels), [`${name}.bias`]: bias };
}

/** The bound of a uniform distribution whose variance is 1 / power. */
function bound(power: number): number {
  return Math.sqrt(3 / power);
}

function vector(length: number, value: number): ParamSpec {
  return { shape: [length], layout: 'plain', trainable: true, initial: value };
}
