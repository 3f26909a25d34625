import { createBackbone, type Backbone, type NamedWeights } from '@blemish/features';
import type { MapShape, FeatureExtractor } from '../extract-features.js';
import { createPartHelper } from '../frame/call-helpers.js';
import type { DetectorHelperParts, DetectorParts } from '../frame/detector-parts.js';
import { freezeBackbone, lazyExtractor } from '../frame/frozen-backbone.js';
import type { Helper } from '../helpers.js';
import { astConfigSchema, type AstConfig } from './ast-config.js';
import { fitAst } from './ast-fit.js';
import { doAstJob } from './ast-job.js';
import { astNetworkSpecs, createAstNetworks } from './ast-networks.js';
import type { AstParts } from './ast-parts.js';
import { astScore } from './ast-score.js';
import { distancesTask, type AstDistances } from './ast-tasks.js';
import { createDepthEncoder } from './depth-encoder.js';

/** What a new AST detector is made of. */
export interface AstOptions {
  readonly config: AstConfig;
  /** Weights of the backbone by the names of their origin; needed where the configuration says `pretrained`. */
  readonly backboneWeights?: NamedWeights | undefined;
  /** What errors call these weights, such as their file. */
  readonly weightsSource?: string | undefined;
}

/** An AST detector's parts, as the frame takes them and as its own code does. */
export interface PreparedAst extends DetectorParts<AstDistances> {
  readonly parts: AstParts;
}

/**
 * Loads the backbone and builds both networks.
 *
 * @throws Error when weights are needed and absent, or belong to another network
 */
export async function prepareAst({ config, backboneWeights, weightsSource }: AstOptions): Promise<PreparedAst> {
  const backbone = backboneOf(config);
  const frozen =
    backbone &&
    (await freezeBackbone(backbone, {
      ...extractorOptions(config),
      origin: config.backbone?.weights ?? 'pretrained',
      seed: config.seed,
      given: backboneWeights,
      source: weightsSource,
    }));
  const parts = astParts(config, frozen?.extractor);
  const [height, width] = backbone === undefined ? [parts.depth?.size ?? 0, parts.depth?.size ?? 0] : config.imageSize;
  return {
    config,
    parts,
    inputSize: backbone === undefined ? undefined : config.imageSize,
    pixels: height * width,
    networks: astNetworkSpecs(parts.networks),
    backbone: frozen,
    fit: (samples, options) => fitAst({ ...parts, backbone: frozen, pixels: height * width }, samples, options),
    rawTask: (weights, samples, store) => distancesTask(parts, weights, samples, store),
    score: (id, distances, mapSize) => astScore(parts, id, distances, mapSize),
    heatOf: ({ distance, mask }) => (mask === undefined ? distance : distance.filter((_, p) => (mask[p] as number) > 0)),
    dispose() {
      frozen?.dispose();
      parts.networks.condition?.dispose();
    },
  };
}

/** A helper of an AST detector. */
export function createAstHelper(parts: DetectorHelperParts): Helper {
  const config = astConfigSchema.parse(parts.config);
  const backbone = backboneOf(config);
  const lazy = backbone && lazyExtractor(backbone, { ...extractorOptions(config), weights: parts.backbone });
  const built = astParts(config, lazy?.extractor);
  return createPartHelper(
    {
      networks: astNetworkSpecs(built.networks),
      work: (weights, job) => doAstJob(built, weights, job),
      dispose() {
        lazy?.dispose();
        built.networks.condition?.dispose();
      },
    },
    parts,
  );
}

/** The backbone that a configuration names, without weights; undefined where it names none. */
function backboneOf({ backbone }: AstConfig): Backbone | undefined {
  return backbone === null ? undefined : createBackbone(backbone.name, backbone.tap, backbone);
}

function extractorOptions({ imageSize, backbone }: AstConfig): { readonly inputSize: AstConfig['imageSize']; readonly key: string } {
  const padding = backbone?.padding ?? 'same';
  return { inputSize: imageSize, key: `padding-${padding === 'same' ? padding : padding.nominal}` };
}

/** What makes the networks' input, and the networks. */
function astParts(config: AstConfig, extractor: FeatureExtractor | undefined): AstParts {
  const depth = config.depth === null ? undefined : createDepthEncoder(config.depth);
  const features = extractor?.shapes[0];
  const [h, w] = features ?? depth?.shape ?? [0, 0];
  if (features !== undefined && depth !== undefined && (depth.shape[0] !== h || depth.shape[1] !== w)) {
    throw new Error(`configuration: the image gives ${h}x${w} positions, the depth map ${depth.shape[0]}x${depth.shape[1]}; expected as many`);
  }
  const shape: MapShape = [h, w, (features?.[2] ?? 0) + (depth?.shape[2] ?? 0)];
  return { config, extractor, depth, shape, networks: createAstNetworks(config, shape) };
}
