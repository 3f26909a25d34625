import * as tf from '@tensorflow/tfjs-core';
import { convolve, getParam } from '@blemish/layers';
import type { Backbone, BackboneParams, NamedWeights } from '../backbone.js';
import { imagenet, type Normalisation } from '../normalisation.js';
import { selectWeights } from '../select-weights.js';
import { resnetArchitecture } from './architecture.js';
import { identifyVariant } from './identify-variant.js';
import { loadParams } from './load-params.js';
import { normalise } from '../normalise.js';
import { isResNetName, resnetLevels, resnetNames, type ResNetLevel, type ResNetName } from './variant.js';
import { walkResNet, type ApplyUnit } from './walk-resnet.js';
import { foldedResNetSpecs, resnetSpecs, untrainedResNetSpecs } from './weight-specs.js';

/** What to build. */
export interface ResNetOptions {
  /** Which of the networks. */
  readonly variant: ResNetName;
  /** The levels whose maps to return, shallow to deep; nothing beyond the last is built. */
  readonly taps: readonly ResNetLevel[];
  /** What is taken from and divides RGB in [0,1]. Default ImageNet's; `none` for images already normalised. */
  readonly normalisation?: Normalisation | 'none';
  /** Whether a batch is computed as one: a fifth of the time for images of 64 pixels, but the bits may depend on the batch. Default no. */
  readonly batched?: boolean;
}

/**
 * ResNet (He et al., CVPR 2016) as a frozen feature extractor, in inference mode, with torchvision's weight names. Files may
 * have the batch normalisations folded into the convolutions (`conv1.bias`, no `bn1.weight`), or not.
 *
 * Unless `batched`, each image is computed by itself: its features do not depend on its batch, and memory does not grow with it.
 *
 * @throws Error for an unknown variant, and for no taps, unknown ones or a wrong order
 */
export function createResNet({ variant, taps, normalisation = imagenet, batched = false }: ResNetOptions): Backbone {
  if (!isResNetName(variant)) throw new Error(`resnet: variant should be one of ${resnetNames.join(', ')}, is ${String(variant)}`);
  checkLevels(variant, taps);
  const last = taps.at(-1) as ResNetLevel;
  const architecture = resnetArchitecture(variant, last);
  const [specs, foldedSpecs] = [resnetSpecs(architecture), foldedResNetSpecs(architecture)];
  const whole = resnetArchitecture(variant);
  const known = new Set([...headNames, ...Object.keys(resnetSpecs(whole)), ...Object.keys(foldedResNetSpecs(whole))]);
  const { mean, std } = normalisation === 'none' ? { mean: [0, 0, 0] as const, std: [1, 1, 1] as const } : normalisation;

  const select: Backbone['select'] = (weights, source) =>
    selectWeights(
      {
        network: `${variant} up to ${last}`,
        specs: isFolded(weights) ? foldedSpecs : specs,
        anchor: 'layer1.0.conv1.weight', // `conv1.weight` ends many names
        mayBeLeftOver: (name) => known.has(name),
        identify: (shapeOf) => identifyVariant(shapeOf, variant),
      },
      weights,
      source,
    );

  return {
    name: variant,
    spec: {
      taps: architecture.stages
        .filter(({ level }) => taps.includes(level))
        .map(({ level, channels, stride }) => ({ name: level, channels, stride })),
      inputRange: [0, 1],
      mean,
      std,
    },
    weightSpecs: untrainedResNetSpecs(architecture),
    select,
    load: (weights, source) => loadParams(select(weights, source).weights, architecture),
    forward(params, images) {
      checkImages(variant, images);
      return tf.tidy(() => {
        const parts = batched ? [images] : tf.split<tf.Tensor4D>(images, images.shape[0]);
        const perPart = parts.map((part) => {
          const input = normalisation === 'none' ? part : normalise(part, normalisation);
          const maps = walkResNet(input, architecture, folded(params));
          const tapped = taps.map((tap) => maps[resnetLevels.indexOf(tap)] as tf.Tensor4D);
          tf.dispose(maps.filter((map) => !tapped.includes(map)));
          return tapped;
        });
        return taps.map((_, i) => tf.concat(perPart.map((maps) => maps[i] as tf.Tensor4D)));
      });
    },
  };
}

/** A unit whose normalisation is in its filter and bias. */
function folded(params: BackboneParams): ApplyUnit {
  return (x, { convolution, stride }, { relu, residual }) => {
    const [filter, bias] = [getParam<tf.Tensor4D>(params, `${convolution}.weight`), getParam(params, `${convolution}.bias`)];
    // What is added goes in with the bias, so that the convolution's last pass does it all.
    return tf.tidy(() => convolve(x, filter, residual === undefined ? bias : tf.add(residual, bias), { stride, slope: relu ? 0 : 1 }));
  };
}

/** Names of the head, which feature extraction never needs. */
const headNames = ['fc.weight', 'fc.bias'];

function isFolded(weights: NamedWeights): boolean {
  return ![...weights.keys()].some((name) => /(^|\.)bn1\.weight$/.test(name));
}

function checkLevels(name: string, levels: readonly ResNetLevel[]): void {
  const depths = levels.map((level) => resnetLevels.indexOf(level));
  const rise = depths.every((depth, i) => depth > (depths[i - 1] ?? -1));
  if (levels.length === 0 || !rise) {
    throw new Error(`${name}: taps should be among ${resnetLevels.join(', ')}, shallow to deep, are [${levels.join(', ')}]`);
  }
}

function checkImages(name: string, images: tf.Tensor4D): void {
  const [count, height, width, channels] = images.shape;
  if (images.rank !== 4 || channels !== 3 || count * height * width === 0 || images.dtype !== 'float32') {
    throw new Error(`${name}: images should be float32 [N,H,W,3], are ${images.dtype} [${images.shape}]`);
  }
}
