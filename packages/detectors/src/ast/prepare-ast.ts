import type * as tf from '@tensorflow/tfjs-core';
import { createEfficientNet, featuresRevision, hashWeights, seededWeights, type Backbone, type EfficientNetVariant, type NamedWeights } from '@blemish/features';
import { disposeParams, type Params } from '@blemish/layers';
import { engineName } from '../engine-name.js';
import type { FeatureExtractor } from '../extract-features.js';
import type { AstConfig } from './ast-config.js';
import { createAstNetworks } from './ast-networks.js';
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
  readonly backboneName: string;
  /** SHA-256 over the backbone's weights up to the tap. */
  readonly hash: string;
  /** Frees the backbone's tensors and the positional encoding. */
  dispose(): void;
}

/**
 * Loads the backbone and builds both networks.
 *
 * @throws Error when weights are needed and absent, or belong to another network
 */
export async function prepareAst({ config, backboneWeights, weightsSource = 'backbone weights' }: AstOptions): Promise<PreparedAst> {
  const { name, weights: origin } = config.backbone;
  const backbone = createBackbone(config);
  const drawn = origin === 'random' ? seededWeights(backbone, config.seed) : undefined;
  const given = backboneWeights ?? drawn?.weights;
  if (given === undefined) throw new Error(`${name}: expected its weights, got none`);
  const { weights } = backbone.select(given, weightsSource);
  const hash = await hashWeights(weights);
  const params = backbone.load(weights, weightsSource);
  const extractor = createExtractor(config, backbone, hash, params);
  const networks = createAstNetworks(config, extractor.shape);
  return {
    config,
    extractor,
    networks,
    backboneName: drawn?.name ?? name,
    hash,
    backboneWeights: weights,
    dispose() {
      disposeParams(params);
      networks.condition.dispose();
    },
  };
}

/** The backbone that a configuration names, without weights. */
export function createBackbone({ backbone: { name, tap, padding } }: AstConfig): Backbone {
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
  const { padding } = config.backbone;
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
