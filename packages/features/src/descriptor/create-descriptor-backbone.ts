import * as tf from '@tensorflow/tfjs-core';
import { paramsFromArrays } from '@blemish/layers';
import type { Backbone } from '../backbone.js';
import { imagenet } from '../normalisation.js';
import { centredWindows } from './centred-windows.js';
import { createDescriptor } from './create-descriptor.js';
import { descriptorChannels, type ReceptiveField } from './descriptor-layers.js';
import { selectDescriptorWeights } from './select-descriptor-weights.js';

/** The descriptor networks as backbones. */
export const descriptorBackbones = { descriptor17: 17, descriptor33: 33, descriptor65: 65 } as const satisfies Record<string, ReceptiveField>;

/** Name of a descriptor network as a backbone. */
export type DescriptorBackboneName = keyof typeof descriptorBackbones;

/** Whether there is a descriptor network of that name. */
export function isDescriptorName(name: string): name is DescriptorBackboneName {
  return Object.hasOwn(descriptorBackbones, name);
}

/**
 * A patch descriptor as a backbone with one tap: what it sees at a position is centred in the square of `stride` pixels that
 * the position stands for. Images are reflected at their edges.
 *
 * @param stride pixels between positions, a divisor of the image's sides
 * @throws Error for a stride that is no integer from 1; `forward` for images whose sides are no multiples of it
 */
export function createDescriptorBackbone(name: DescriptorBackboneName, stride: number): Backbone {
  if (!Number.isInteger(stride) || stride < 1) throw new Error(`${name}: expected pixels between positions, an integer from 1, got ${stride}`);
  const descriptor = createDescriptor({ receptiveField: descriptorBackbones[name] });
  const { specs } = descriptor;
  const select: Backbone['select'] = (weights, source = name) => ({ weights: selectDescriptorWeights(descriptor, weights, source), leftOver: [] });
  return {
    name,
    spec: { taps: [{ name: `every ${stride}`, channels: descriptorChannels, stride }], inputRange: [0, 1], ...imagenet },
    weightSpecs: specs,
    select,
    load: (weights, source) => paramsFromArrays(select(weights, source).weights, specs),
    forward(params, images) {
      const [, height = 0, width = 0] = images.shape;
      if (height % stride !== 0 || width % stride !== 0) throw new Error(`${name}: expected images whose sides are multiples of ${stride} pixels, got ${height}x${width}`);
      return [tf.tidy(() => descriptor.windows(params, centredWindows(descriptor, images, stride), stride))]; // [N,H/stride,W/stride,128]
    },
  };
}
