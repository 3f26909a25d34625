import * as tf from '@tensorflow/tfjs-core';
import { featuresRevision, hashWeights, loadBundledBackbone, seededWeights, type Backbone, type BackboneParams, type NamedWeights } from '@blemish/features';
import { disposeParams } from '@blemish/layers';
import { engineName } from '../engine-name.js';
import type { FeatureExtractor } from '../extract-features.js';
import type { Size } from '../sample.js';
import type { WeightOrigin } from './weight-origins.js';

/** A backbone with its weights, frozen. */
export interface FrozenBackbone {
  /** The backbone's name; of a random or bundled one it says so. */
  readonly name: string;
  /** SHA-256 over its weights up to the last tap. */
  readonly hash: string;
  /** These weights, as files keep them. */
  readonly weights: NamedWeights;
  readonly extractor: FeatureExtractor;
  /** Frees its tensors. */
  dispose(): void;
}

/** Which backbone to freeze, and its weights. */
export interface FreezeOptions {
  readonly inputSize: Size;
  /** What of the configuration moves features, beside the network, its taps, weights and the size. */
  readonly key?: string;
  /** Where its weights come from, unless they are given. */
  readonly origin: WeightOrigin;
  /** Weights by the names of their origin, such as a model file has them. */
  readonly given?: NamedWeights | undefined;
  /** Seed of a random network. */
  readonly seed: number;
  /** What errors call the weights. */
  readonly source?: string | undefined;
}

/**
 * Loads a backbone.
 *
 * @throws Error when weights are needed and absent, or belong to another network
 */
export async function freezeBackbone(backbone: Backbone, { inputSize, key, origin, given, seed, source }: FreezeOptions): Promise<FrozenBackbone> {
  const own = await ownWeights(backbone, origin, seed, given !== undefined);
  const found = given ?? own.weights;
  if (found === undefined) throw new Error(`${backbone.name}: expected its weights, got none`);
  const { weights } = backbone.select(found, given === undefined ? `${origin} weights` : source);
  const hash = await hashWeights(weights);
  const { extractor, dispose } = lazyExtractor(backbone, { inputSize, weights, hash, ...(key === undefined ? {} : { key }) });
  return { name: own.name, hash, weights, extractor, dispose };
}

/** Weights that no file has to be given for, and what the backbone is called with them. */
async function ownWeights(backbone: Backbone, origin: WeightOrigin, seed: number, known: boolean): Promise<{ readonly name: string; readonly weights?: NamedWeights }> {
  switch (origin) {
    case 'pretrained':
      return { name: backbone.name };
    case 'random':
      return seededWeights(backbone, seed);
    case 'bundled':
      return { name: `${backbone.name} (bundled)`, ...(!known && { weights: (await loadBundledBackbone()).weights }) };
  }
}

/** What {@link lazyExtractor} is told. */
export interface LazyExtractorOptions extends Pick<FreezeOptions, 'inputSize' | 'key'> {
  readonly weights: NamedWeights | undefined;
  /** SHA-256 over the weights; absent where nothing is kept under the extractor's key. */
  readonly hash?: string;
}

/** A backbone as detectors see it; its tensors are made with the first image that takes them. */
export function lazyExtractor(backbone: Backbone, { inputSize, key, weights, hash = 'unknown' }: LazyExtractorOptions): Pick<FrozenBackbone, 'extractor' | 'dispose'> {
  const [height, width] = inputSize;
  const { taps } = backbone.spec;
  let params: BackboneParams | undefined;

  function load(): BackboneParams {
    if (weights === undefined) throw new Error(`${backbone.name}: expected its weights, got none`);
    const loaded = backbone.load(weights);
    for (const tensor of Object.values(loaded)) tf.keep(tensor); // a tidy of the caller's would free them
    return loaded;
  }

  return {
    extractor: {
      inputSize,
      shapes: taps.map(({ stride, channels }) => [Math.ceil(height / stride), Math.ceil(width / stride), channels]),
      key: [
        backbone.name,
        taps.map(({ name }) => name).join('+'),
        hash,
        ...(key === undefined ? [] : [key]),
        `${height}x${width}`,
        engineName(),
        `revision ${featuresRevision}`,
      ].join('/'),
      forward: (images) => backbone.forward((params ??= load()), images),
    },
    dispose() {
      if (params !== undefined) disposeParams(params);
      params = undefined;
    },
  };
}
