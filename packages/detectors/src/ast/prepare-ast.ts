import type * as tf from '@tensorflow/tfjs-core';
import { createEfficientNet, featuresRevision, hashWeights, seededWeights, type Backbone, type EfficientNetVariant, type NamedWeights } from '@blemish/features';
import { disposeParams, type Params } from '@blemish/layers';
import { engineName } from '../engine-name.js';
import type { FeatureExtractor } from '../extract-features.js';
import type { AstConfig } from './ast-config.js';
import { createAstNetworks } from './ast-networks.js';
import { createDepthEncoder } from './depth-encoder.js';
import type { AstParts } from './ast-session.js';

/** What a new AST detector is made of. */
export interface AstOptions {
  readonly config: AstConfig;
  /** Weights of the backbone by the names of their origin; needed unless the configuration says `random`. */
  readonly backboneWeights?: NamedWeights;
  /** What errors call these weights, such as their file. */
  readonly weightsSource?: string;
}

/** The frozen parts of a detector. */
export interface PreparedAst extends AstParts {
  /** The backbone's name and the SHA-256 over its weights up to the tap; absent where no images are looked at. */
  readonly backbone: { readonly name: string; readonly hash: string } | undefined;
  /** Frees the backbone's tensors and the positional encoding. */
  dispose(): void;
}

/**
 * Loads the backbone and builds both networks.
 *
 * @throws Error when weights are needed and absent, or belong to another network
 */
export async function prepareAst(options: AstOptions): Promise<PreparedAst> {
  const { config } = options;
  const loaded = await loadBackbone(options);
  const frozen = frozenParts(config, loaded?.extractor);
  const networks = createAstNetworks(config, frozen.shape);
  return {
    config,
    ...frozen,
    networks,
    backbone: loaded && { name: loaded.name, hash: loaded.hash },
    backboneWeights: loaded?.weights,
    dispose() {
      if (loaded !== undefined) disposeParams(loaded.params);
      networks.condition?.dispose();
    },
  };
}

/** What makes the networks' input, and its shape. */
export function frozenParts(config: AstConfig, extractor: FeatureExtractor | undefined): Pick<AstParts, 'extractor' | 'depth' | 'shape'> {
  const depth = config.depth === null ? undefined : createDepthEncoder(config.depth);
  const [h, w] = (extractor ?? depth)?.shape ?? [0, 0];
  if (extractor !== undefined && depth !== undefined && (depth.shape[0] !== h || depth.shape[1] !== w)) {
    throw new Error(`configuration: the image gives ${h}x${w} positions, the depth map ${depth.shape[0]}x${depth.shape[1]}; expected as many`);
  }
  return { extractor, depth, shape: [h, w, (extractor?.shape[2] ?? 0) + (depth?.shape[2] ?? 0)] };
}

interface LoadedBackbone {
  readonly name: string;
  readonly hash: string;
  readonly weights: NamedWeights;
  readonly params: Params;
  readonly extractor: FeatureExtractor;
}

async function loadBackbone({ config, backboneWeights, weightsSource = 'backbone weights' }: AstOptions): Promise<LoadedBackbone | undefined> {
  const backbone = createBackbone(config);
  if (backbone === undefined || config.backbone === null) return undefined;
  const { name, weights: origin } = config.backbone;
  const drawn = origin === 'random' ? seededWeights(backbone, config.seed) : undefined;
  const given = backboneWeights ?? drawn?.weights;
  if (given === undefined) throw new Error(`${name}: expected its weights, got none`);
  const { weights } = backbone.select(given, weightsSource);
  const hash = await hashWeights(weights);
  const params = backbone.load(weights, weightsSource);
  return { name: drawn?.name ?? name, hash, weights, params, extractor: createExtractor(config, backbone, hash, params) };
}

/** The backbone that a configuration names, without weights; undefined where it names none. */
export function createBackbone({ backbone }: AstConfig): Backbone | undefined {
  if (backbone === null) return undefined;
  const { name, tap, padding } = backbone;
  return createEfficientNet({ variant: name.slice(-2) as EfficientNetVariant, taps: [tap], padding });
}

/**
 * A backbone as detectors see it.
 *
 * @param hash SHA-256 over its weights up to the tap
 * @param params these weights, loaded
 */
export function createExtractor(config: AstConfig, backbone: Backbone, hash: string, params: Params): FeatureExtractor {
  const [tap] = backbone.spec.taps;
  if (tap === undefined) throw new Error(`${backbone.name}: expected a tap`);
  const [height, width] = config.imageSize;
  const padding = config.backbone?.padding ?? 'same';
  return {
    inputSize: config.imageSize,
    shape: [Math.ceil(height / tap.stride), Math.ceil(width / tap.stride), tap.channels],
    key: [
      backbone.name,
      tap.name,
      hash,
      `padding-${padding === 'same' ? padding : padding.nominal}`,
      `${height}x${width}`,
      engineName(),
      `revision ${featuresRevision}`,
    ].join('/'),
    forward: (images) => backbone.forward(params, images)[0] as tf.Tensor4D,
  };
}
