import * as tf from '@tensorflow/tfjs-core';
import { engineReport } from '@blemish/engine';
import { createEfficientNet, hashWeights, seededWeights, type Backbone, type EfficientNetVariant, type NamedWeights } from '@blemish/features';
import { disposeParams, paramsFromArrays, paramsToArrays } from '@blemish/layers';
import { chooseHeatScale, chooseThreshold } from '../calibrate.js';
import type { Detector, HeatScale, ScoredSample, Threshold } from '../detector.js';
import { sampleFeatures, storedFeatures, type FeatureExtractor } from '../extract-features.js';
import { createMemoryStore } from '../memory-store.js';
import type { Sample, SampleSource } from '../sample.js';
import type { AstConfig } from './ast-config.js';
import { disposeWeights, fitAst } from './ast-fit.js';
import { readAstModel, writeAstModel, type AstModelHeader } from './ast-model-file.js';
import { createAstNetworks } from './ast-networks.js';
import type { AstFitOptions, AstParts, AstWeights } from './ast-session.js';
import { astDistance, astScore } from './ast-score.js';

/** What a new AST detector is made of. */
export interface AstOptions {
  readonly config: AstConfig;
  /** Weights of the backbone by the names of their origin; needed unless the configuration says `random`. */
  readonly backboneWeights?: NamedWeights;
  /** What errors call these weights, such as their file. */
  readonly weightsSource?: string;
}

/** Good training images that the heat scale is taken from at most; evenly spaced over all of them. */
const calibrationImages = 64;

/** What a fitted detector knows beside its configuration. */
interface Fitted {
  readonly weights: AstWeights;
  readonly heatScale: HeatScale;
  readonly threshold: Threshold | undefined;
  readonly training: AstModelHeader['training'];
}

/**
 * An AST detector that has yet to be fitted.
 *
 * @throws Error when weights are needed and absent, or belong to another network
 */
export async function createAst(options: AstOptions): Promise<Detector> {
  return astDetector(await prepare(options), undefined);
}

/**
 * An AST detector from a model file.
 *
 * @param options.backboneWeights needed where the file leaves the backbone out
 * @param options.name what errors call the file
 * @throws Error when the file is damaged or no AST model, or the weights are not those it was trained with
 */
export async function loadAst(
  bytes: Uint8Array,
  { backboneWeights, name = 'model' }: { readonly backboneWeights?: NamedWeights; readonly name?: string } = {},
): Promise<Detector> {
  const { header, teacher, student, backbone } = readAstModel(bytes, name);
  const weights = backbone ?? backboneWeights;
  if (weights === undefined && header.config.backbone.weights === 'pretrained') {
    throw new Error(`${name}: leaves its backbone out; give the weights of ${header.backbone.name} with hash ${header.backbone.hash.slice(0, 12)}`);
  }
  const prepared = await prepare({ config: header.config, backboneWeights: weights, weightsSource: backbone ? name : 'backbone weights' });
  if (prepared.hash !== header.backbone.hash) {
    prepared.dispose();
    throw new Error(`${name}: was trained with backbone weights ${header.backbone.hash.slice(0, 12)}, got ${prepared.hash.slice(0, 12)}`);
  }
  const { networks } = prepared;
  try {
    return astDetector(prepared, {
      weights: {
        teacher: paramsFromArrays(teacher, networks.teacher.specs, { source: `${name}, teacher` }),
        student: paramsFromArrays(student, networks.student.specs, { source: `${name}, student` }),
      },
      heatScale: header.heatScale,
      threshold: header.threshold ?? undefined,
      training: header.training,
    });
  } catch (error) {
    prepared.dispose();
    throw error;
  }
}

/** The frozen parts of a detector. */
interface Prepared extends AstParts {
  readonly backboneName: string;
  /** SHA-256 over the backbone's weights up to the tap. */
  readonly hash: string;
  /** These weights, as files keep them. */
  readonly backboneWeights: NamedWeights;
  dispose(): void;
}

async function prepare({ config, backboneWeights, weightsSource = 'backbone weights' }: AstOptions): Promise<Prepared> {
  const { name, tap, padding, weights: origin } = config.backbone;
  const backbone = createEfficientNet({ variant: name.slice(-2) as EfficientNetVariant, taps: [tap], padding });
  const given = backboneWeights ?? (origin === 'random' ? seededWeights(backbone, config.seed).weights : undefined);
  if (given === undefined) throw new Error(`${name}: expected its weights, got none`);
  const { weights } = backbone.select(given, weightsSource);
  const hash = await hashWeights(weights);
  const params = backbone.load(weights, weightsSource);
  const extractor = createExtractor(config, backbone, params, hash);
  const networks = createAstNetworks(config, extractor.shape);
  return {
    config,
    extractor,
    networks,
    backboneName: origin === 'random' ? `${name}-random-seed${config.seed}` : name,
    hash,
    backboneWeights: weights,
    dispose() {
      disposeParams(params);
      networks.condition.dispose();
    },
  };
}

function createExtractor(config: AstConfig, backbone: Backbone, params: ReturnType<Backbone['load']>, hash: string): FeatureExtractor {
  const [tap] = backbone.spec.taps;
  if (tap === undefined) throw new Error(`${backbone.name}: expected a tap`);
  const [height, width] = config.imageSize;
  const { padding } = config.backbone;
  const { backend, version } = engineReport();
  return {
    inputSize: config.imageSize,
    shape: [Math.ceil(height / tap.stride), Math.ceil(width / tap.stride), tap.channels],
    key: [
      backbone.name,
      tap.name,
      hash,
      `padding-${padding === 'same' ? padding : padding.nominal}`,
      `${height}x${width}`,
      `${backend}-${version}`,
    ].join('/'),
    forward: (images) => backbone.forward(params, images)[0] as tf.Tensor4D,
  };
}

function astDetector(prepared: Prepared, initial: Fitted | undefined): Detector {
  const { config, extractor } = prepared;
  let fitted = initial;

  function ready(): Fitted {
    if (fitted === undefined) throw new Error('ast: expected a fitted model; call fit or load one first');
    return fitted;
  }

  function release(): void {
    if (fitted === undefined) return;
    disposeWeights(fitted.weights);
    fitted = undefined;
  }

  async function calibrate(
    weights: AstWeights,
    samples: SampleSource,
    options: AstFitOptions,
  ): Promise<Pick<Fitted, 'heatScale' | 'threshold'>> {
    const { store, validation, onProgress, signal } = options;
    const source = validation ?? samples;
    const count = validation === undefined ? Math.min(calibrationImages, samples.length) : validation.length;
    const distances: Float32Array[] = [];
    const scores: number[] = [];
    for (let i = 0; i < count; i++) {
      signal?.throwIfAborted();
      const index = Math.floor((i * source.length) / count);
      const distance = await astDistance(prepared, weights, await storedFeatures(extractor, source, index, store));
      distances.push(distance);
      scores.push(astScore(prepared, source.id(index), distance, [1, 1]).score);
      onProgress?.({ phase: 'calibration', done: i + 1, total: count, unit: 'images' });
    }
    const [h, w] = extractor.shape;
    const all = new Float32Array(count * h * w);
    distances.forEach((distance, i) => all.set(distance, i * h * w));
    const from = `${count} good images ${validation === undefined ? 'of the training set' : 'kept out of training'}`;
    return {
      heatScale: chooseHeatScale(all, from),
      threshold: validation === undefined ? undefined : chooseThreshold(scores, config.score.reduction, config.falseAlarms),
    };
  }

  async function scoreFeatures(id: string, features: Float32Array, mapSize: readonly [number, number]): Promise<ScoredSample> {
    return astScore(prepared, id, await astDistance(prepared, ready().weights, features), mapSize);
  }

  return {
    kind: 'ast',
    inputSize: config.imageSize,
    reduction: config.score.reduction,
    get heatScale() {
      return fitted?.heatScale;
    },
    get threshold() {
      return fitted?.threshold;
    },

    async fit(samples, given = {}) {
      const options = { ...given, store: given.store ?? createMemoryStore() };
      const { weights, report } = await fitAst(prepared, samples, options);
      const start = performance.now();
      try {
        const calibration = await calibrate(weights, samples, options);
        release();
        const engine = engineReport();
        fitted = {
          weights,
          ...calibration,
          training: { images: samples.length, batch: report.batch, engine: `${engine.backend} ${engine.version}` },
        };
      } catch (error) {
        disposeWeights(weights);
        throw error;
      }
      return { ...report, seconds: { ...report.seconds, calibration: (performance.now() - start) / 1000 } };
    },

    async score(batch: readonly Sample[], { mapSize } = {}) {
      const scored: ScoredSample[] = [];
      for (const sample of batch) {
        const size = mapSize ?? sample.size ?? [sample.image.shape[0] as number, sample.image.shape[1] as number];
        scored.push(await scoreFeatures(sample.id, await sampleFeatures(extractor, sample), size));
      }
      return scored;
    },

    async *scoreSource(samples, { mapSize, store, onProgress, signal } = {}) {
      samples.prefetch?.(Array.from({ length: samples.length }, (_, i) => i));
      for (let index = 0; index < samples.length; index++) {
        signal?.throwIfAborted();
        const features = await storedFeatures(extractor, samples, index, store);
        yield await scoreFeatures(samples.id(index), features, mapSize ?? (await samples.size(index)));
        onProgress?.(index + 1, samples.length);
      }
    },

    async toBytes({ backbone = true } = {}) {
      const { weights, heatScale, threshold, training } = ready();
      const { networks, backboneName, hash, backboneWeights } = prepared;
      return writeAstModel({
        header: {
          format: 'blemish-model',
          version: 1,
          config,
          backbone: { name: backboneName, hash, included: backbone },
          heatScale,
          threshold: threshold ?? null,
          training,
        },
        teacher: await paramsToArrays(weights.teacher, networks.teacher.specs),
        student: await paramsToArrays(weights.student, networks.student.specs),
        backbone: backbone ? backboneWeights : undefined,
      });
    },

    dispose() {
      release();
      prepared.dispose();
    },
  };
}
