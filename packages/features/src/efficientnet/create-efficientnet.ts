import * as tf from '@tensorflow/tfjs-core';
import { invertedResidual, stem as applyStem, stemInvertedResidual } from '@blemish/engine';
import type { ParamSpecs } from '@blemish/layers';
import type { Backbone, BackboneParams, Tap } from '../backbone.js';
import { imagenet, type Normalisation } from '../normalisation.js';
import { selectWeights } from '../select-weights.js';
import { blockOf, layerOf } from './block.js';
import { blockTable, type BlockSpec } from './block-table.js';
import { identifyVariant } from './identify-variant.js';
import { loadParams } from './load-params.js';
import { padsAt, type Padding } from './padding.js';
import { scalings, type EfficientNetVariant } from './scaling.js';
import { blockSpecs, headNames, stemSpecs } from './weight-specs.js';

/** Where an EfficientNet may be tapped: after the stem, or after a block (its skip included), counted from 0. */
export type EfficientNetTap = 'stem' | number;

/** Images that are normalised already. */
const identity: Normalisation = { mean: [0, 0, 0], std: [1, 1, 1] };

/** What to build. */
export interface EfficientNetOptions {
  /** Which of the eight networks. */
  readonly variant: EfficientNetVariant;
  /** The maps to return, shallow to deep; nothing beyond the last is built. */
  readonly taps: readonly EfficientNetTap[];
  /** Zeros at the edges of strided convolutions. Default `same`, as the network was trained. */
  readonly padding?: Padding;
  /** What is taken from and divides RGB in [0,1]. Default ImageNet's; `none` for images already normalised. */
  readonly normalisation?: Normalisation | 'none';
}

/**
 * EfficientNet (Tan and Le, ICML 2019) as a frozen feature extractor, in inference mode, with the weight names of
 * efficientnet_pytorch.
 *
 * Each image of a batch is computed by itself: its features do not depend on its batch, and memory does not grow with it.
 *
 * @throws Error for an unknown variant, no taps, taps out of range or order, or a nominal size that is no image's
 */
export function createEfficientNet(options: EfficientNetOptions): Backbone {
  const { variant, taps, padding = 'same', normalisation = imagenet } = options;
  if (!Object.hasOwn(scalings, variant)) {
    throw new Error(`efficientnet: variant should be one of ${Object.keys(scalings).join(', ')}, is ${String(variant)}`);
  }
  const name = `efficientnet-${variant}`;
  const { stem, blocks: allBlocks } = blockTable(variant);
  checkTaps(name, taps, allBlocks.length);
  const last = taps.at(-1) as EfficientNetTap;
  const blocks = last === 'stem' ? [] : allBlocks.slice(0, last + 1);

  if (padding !== 'same' && !(Number.isInteger(padding.nominal) && padding.nominal > 0)) {
    throw new Error(`${name}: padding.nominal should be an image's side in pixels, is ${padding.nominal}`);
  }
  const pads = padding === 'same' ? undefined : padsAt(padding.nominal, blocks);
  const { mean, std } = normalisation === 'none' ? identity : normalisation;
  const stemOptions = { stride: 2, pads: pads?.stem ?? ('same' as const), normalisation: { mean, std } };

  const weightSpecs: ParamSpecs = Object.assign({}, stemSpecs(stem), ...blocks.map(blockSpecs));
  const known = new Set(allBlocks.flatMap((block) => Object.keys(blockSpecs(block))));
  const select: Backbone['select'] = (weights, source) =>
    selectWeights(
      {
        network: last === 'stem' ? `${name}'s stem` : `${name} up to block ${last}`,
        specs: weightSpecs,
        mayBeLeftOver: (weight) => known.has(weight) || headNames.has(weight),
        identify: (shapeOf) => identifyVariant(shapeOf, variant),
      },
      weights,
      source,
    );

  return {
    name,
    spec: {
      taps: taps.map((tap) => describeTap(tap, stem, allBlocks)),
      inputRange: [0, 1],
      mean,
      std,
    },
    weightSpecs,
    select,
    load: (weights, source) => loadParams(select(weights, source).weights, weightSpecs, blocks),
    forward(params, images) {
      checkImages(name, images);
      return tf.tidy(() => {
        const perImage = tf.split<tf.Tensor4D>(images, images.shape[0]).map((image) => walk(image, (tap) => taps.includes(tap)));
        return taps.map((_, i) => tf.concat(perImage.map((maps) => maps[i] as tf.Tensor4D)));
      });

      /** Stem and blocks; frees each map as soon as the next is there, unless it is kept. */
      function walk(image: tf.Tensor4D, keep: (tap: EfficientNetTap) => boolean): tf.Tensor4D[] {
        const kept: tf.Tensor4D[] = [];
        let x = image;
        for (const { tap, apply } of stages(params, keep('stem'))) {
          const y = apply(x);
          if (x !== image && x !== kept.at(-1)) x.dispose();
          if (keep(tap)) kept.push(y);
          x = y;
        }
        return kept;
      }
    },
  };

  /** What follows one another; the stem for itself where its map is asked for, else with the first block. */
  function stages(params: BackboneParams, stemAlone: boolean): readonly Stage[] {
    const stemLayer = layerOf(params, '_conv_stem');
    const [first, ...others] = blocks.map((block) => ({ tap: block.index, ...blockOf(params, block, pads?.blocks[block.index] ?? 'same') }));
    const alone = ({ tap, layers, options }: Exclude<typeof first, undefined>): Stage => ({ tap, apply: (x) => invertedResidual(x, layers, options) });
    const head: Stage[] =
      first !== undefined && !stemAlone
        ? [{ tap: first.tap, apply: (x) => stemInvertedResidual(x, { stem: stemLayer, stemOptions, ...first }) }]
        : [{ tap: 'stem', apply: (x) => applyStem(x, stemLayer, stemOptions) }, ...(first === undefined ? [] : [alone(first)])];
    return [...head, ...others.map(alone)];
  }
}

/** One step from map to map. */
interface Stage {
  readonly tap: EfficientNetTap;
  readonly apply: (x: tf.Tensor4D) => tf.Tensor4D;
}

function describeTap(tap: EfficientNetTap, stem: number, blocks: readonly BlockSpec[]): Tap {
  if (tap === 'stem') return { name: 'stem', channels: stem, stride: 2 };
  const { output, totalStride } = blocks[tap] as BlockSpec;
  return { name: `blocks.${tap}`, channels: output, stride: totalStride };
}

function checkTaps(name: string, taps: readonly EfficientNetTap[], count: number): void {
  const exist = taps.every((tap) => tap === 'stem' || (Number.isInteger(tap) && tap >= 0 && tap < count));
  const depths = taps.map((tap) => (tap === 'stem' ? -1 : tap));
  const rise = depths.every((depth, i) => i === 0 || depth > (depths[i - 1] as number));
  if (taps.length === 0 || !exist || !rise) {
    throw new Error(`${name}: taps should be 'stem' or blocks 0 to ${count - 1}, shallow to deep, are [${taps.join(', ')}]`);
  }
}

function checkImages(name: string, images: tf.Tensor4D): void {
  const [count, height, width, channels] = images.shape;
  if (images.rank !== 4 || channels !== 3 || count * height * width === 0 || images.dtype !== 'float32') {
    throw new Error(`${name}: images should be float32 [N,H,W,3], are ${images.dtype} [${images.shape}]`);
  }
}
