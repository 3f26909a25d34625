// @ts-check
import { readFileSync } from 'node:fs';
import { seededWeights } from '@blemish/features';
import { readWeights, writeSafetensors } from '@blemish/weights';
import { sharedPath } from './shared-path.mjs';

/** Files of trained weights, where they are to be had. */
const trained = { b4: 'weights/efficientnet-b4-imagenet-blocks0-29.safetensors' };

/** Whether B4's trained weights are to be had. */
export function hasTrainedWeights() {
  return sharedPath(trained.b4) !== undefined;
}

/**
 * The weights that both sides of a case take, under their official names: trained ones, or ones drawn from a seed.
 *
 * @param {'b4' | 'b5'} variant
 * @param {import('@blemish/features').Backbone} backbone
 * @returns {{name: string, weights: import('@blemish/features').NamedWeights, bytes: Uint8Array}}
 */
export function backboneWeights(variant, backbone) {
  const file = variant === 'b4' ? sharedPath(trained[variant]) : undefined;
  if (file !== undefined) {
    const bytes = readFileSync(file);
    return { name: `${backbone.name}, trained`, weights: readWeights(bytes, file).tensors, bytes };
  }
  const { name, weights } = seededWeights(backbone, 0);
  return { name, weights, bytes: writeSafetensors(weights) };
}
