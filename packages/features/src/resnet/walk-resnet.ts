import type * as tf from '@tensorflow/tfjs-core';
import { maxPool } from '@blemish/engine';
import type { ResNetArchitecture, ResNetBlock, ResNetUnit } from './architecture.js';

/** What follows a unit's normalisation. */
export interface AfterUnit {
  /** Added to it first, of the output's shape. */
  readonly residual?: tf.Tensor4D;
  /** Whether a ReLU comes last. */
  readonly relu: boolean;
}

/**
 * How a unit's convolution and normalisation are applied: folded or not, by running statistics or the batch's.
 *
 * @param x [N,h,w,inChannels], to be left alone
 * @returns [N,h',w',outChannels], a tensor of its own
 */
export type ApplyUnit = (x: tf.Tensor4D, unit: ResNetUnit, after: AfterUnit) => tf.Tensor4D;

/**
 * A residual network from the image on. Each map is freed as soon as the next is there; a gradient keeps its own references.
 *
 * @param images [N,H,W,3], normalised
 * @returns the map behind each stage, shallow to deep
 */
export function walkResNet(images: tf.Tensor4D, { stem, stages }: ResNetArchitecture, apply: ApplyUnit): tf.Tensor4D[] {
  const afterStem = apply(images, stem, { relu: true }); // [N,H/2,W/2,64]
  let x = maxPool(afterStem, { kernel: 3, stride: 2, pad: 1 }); // [N,H/4,W/4,64]
  afterStem.dispose();
  const maps: tf.Tensor4D[] = [];
  for (const { blocks } of stages) {
    for (const block of blocks) {
      const y = applyBlock(x, block, apply);
      if (!maps.includes(x)) x.dispose();
      x = y;
    }
    maps.push(x);
  }
  return maps;
}

function applyBlock(x: tf.Tensor4D, { units, shortcut }: ResNetBlock, apply: ApplyUnit): tf.Tensor4D {
  const residual = shortcut === undefined ? x : apply(x, shortcut, { relu: false });
  let y = x;
  units.forEach((unit, i) => {
    const next = apply(y, unit, i === units.length - 1 ? { relu: true, residual } : { relu: true });
    if (y !== x) y.dispose();
    y = next;
  });
  if (residual !== x) residual.dispose();
  return y;
}
