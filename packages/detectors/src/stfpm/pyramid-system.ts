import { z } from 'zod';
import { bundledBackbone, createResNet, isResNetName, resnetNames, type Backbone } from '@blemish/features';
import { upsampleBilinear } from '@blemish/raster';
import { bundledFault } from '../frame/bundled-fault.js';
import { createPartHelper } from '../frame/call-helpers.js';
import { createDetector } from '../frame/create-detector.js';
import type { DetectorParts } from '../frame/detector-parts.js';
import type { FeatureExtractor } from '../extract-features.js';
import { freezeBackbone, lazyExtractor } from '../frame/frozen-backbone.js';
import { loadDetectorParts } from '../frame/load-detector-parts.js';
import { readModel } from '../frame/model-file.js';
import { presetOf, resolveConfig } from '../frame/resolve-config.js';
import { scoredPart } from '../frame/scored-part.js';
import type { CreateOptions, DetectorSystem } from '../system.js';
import { fitPyramid } from './fit-pyramid.js';
import { pyramidConfigSchema, type PyramidConfig, type PyramidSettings } from './pyramid-config.js';
import type { PyramidLearner, PyramidTeacher } from './pyramid-learner.js';
import { doPyramidJob, pyramidMaps, type PyramidParts } from './pyramid-parts.js';
import { createPyramidScorer } from './pyramid-scorer.js';

/** What makes a system of its own of a student that learns a frozen teacher's feature pyramid. */
export interface PyramidSystemPlan {
  /** Its name in configurations, model files and on the command line. */
  readonly name: string;
  /** Its name for people. */
  readonly title: string;
  /** Settings by preset. */
  readonly presets: Readonly<Record<string, PyramidSettings>>;
  readonly defaultPreset: string;
  /** The network that learns. */
  readonly createStudent: (teacher: PyramidTeacher) => PyramidLearner;
}

/** A system that trains a student on a frozen ResNet's maps, and scores by the distance between the two. */
export function createPyramidSystem({ name: kind, title, presets, defaultPreset, createStudent }: PyramidSystemPlan): DetectorSystem<PyramidConfig> {
  const configSchema: z.ZodType<PyramidConfig> = pyramidConfigSchema.extend({ kind: z.literal(kind) });
  const names = Object.keys(presets);

  function partsOf(config: PyramidConfig, teacher: Backbone, extractor: FeatureExtractor): PyramidParts {
    const { name, levels } = config.backbone;
    const student = createStudent({ name, levels, taps: teacher.spec.taps });
    return { config, extractor, student, scorer: createPyramidScorer(student) };
  }

  /** Loads the teacher and builds the student. */
  async function prepare({ config, backboneWeights, weightsSource }: CreateOptions<PyramidConfig>): Promise<DetectorParts<Float32Array>> {
    const { imageSize, seed, backbone } = config;
    const teacher = createTeacher(config);
    const frozen = await freezeBackbone(teacher, {
      inputSize: imageSize,
      origin: backbone.weights,
      seed,
      given: backboneWeights,
      source: weightsSource,
    });
    const parts = partsOf(config, teacher, frozen.extractor);
    const shared = { networks: { student: parts.student.specs }, backbone: frozen, pixels: imageSize[0] * imageSize[1] };
    const { size } = config.map;
    return {
      config,
      inputSize: imageSize,
      ...shared,
      fit: (samples, options) => fitPyramid({ ...parts, ...shared }, samples, options),
      rawTask: (weights, samples, store) => pyramidMaps(parts, weights, samples, store),
      score: (id, map, mapSize) => scoredPart(id, { values: map, enlarge: (edges) => upsampleBilinear(map, [size, size], edges) }, config.score, mapSize),
      heatOf: (map) => map,
      forget: () => parts.scorer.dispose(),
      dispose() {
        parts.scorer.dispose();
        frozen.dispose();
      },
    };
  }

  return {
    name: kind,
    title,
    presets: names,
    defaultPreset,
    configSchema,
    resolve(preset, ...overrides) {
      const name = presetOf(preset, names);
      return resolveConfig(configSchema, { ...(presets[name] as PyramidSettings), kind, preset: name }, overrides);
    },
    withBackbone(_, name) {
      if (!isResNetName(name)) throw new Error(`expected one of ${resnetNames.join(', ')}; got '${name}'`);
      return { backbone: { name, weights: 'pretrained' } };
    },
    withBundled({ preset, backbone: { levels } }) {
      const { name: bundled } = bundledBackbone;
      const keeps = preset === 'paper' || bundledFault(bundled, levels) !== undefined; // a published setting, or a level that it has not
      return keeps ? undefined : { backbone: { name: bundled, weights: 'bundled' } };
    },
    create: async (options) => createDetector(await prepare(options), undefined),
    load(bytes, options = {}) {
      const content = readModel(bytes, configSchema, () => ['student'], options.name);
      const { config } = content.header;
      return loadDetectorParts(content, options, config.backbone.weights !== 'pretrained', (given) => prepare({ config, ...given }));
    },
    createHelper(parts) {
      const config = configSchema.parse(parts.config);
      const teacher = createTeacher(config);
      const lazy = lazyExtractor(teacher, { inputSize: config.imageSize, weights: parts.backbone });
      const built = partsOf(config, teacher, lazy.extractor);
      const dispose = (): void => {
        built.scorer.dispose();
        lazy.dispose();
      };
      return createPartHelper({ networks: { student: built.student.specs }, work: (weights, job) => doPyramidJob(built, weights, job), dispose }, parts);
    },
  };
}

function createTeacher({ backbone: { name, levels } }: PyramidConfig): Backbone {
  return createResNet({ variant: name, taps: levels });
}
