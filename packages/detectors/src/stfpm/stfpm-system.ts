import { createResNet, isResNetName, resnetNames, type Backbone } from '@blemish/features';
import { upsampleBilinear } from '@blemish/raster';
import { createPyramidStudent } from '@blemish/student';
import { createPartHelper } from '../frame/call-helpers.js';
import { createDetector } from '../frame/create-detector.js';
import type { DetectorParts } from '../frame/detector-parts.js';
import type { FeatureExtractor } from '../extract-features.js';
import { freezeBackbone, lazyExtractor } from '../frame/frozen-backbone.js';
import { loadDetectorParts } from '../frame/load-detector-parts.js';
import { readModel } from '../frame/model-file.js';
import { scoredPart } from '../frame/scored-part.js';
import type { CreateOptions, DetectorSystem } from '../system.js';
import { fitStfpm } from './fit-stfpm.js';
import { doPyramidJob, pyramidMaps, type PyramidParts } from './pyramid-parts.js';
import { stfpmConfigSchema, type StfpmConfig } from './stfpm-config.js';
import { resolveStfpmConfig, stfpmPresetNames } from './stfpm-presets.js';

/** Student-teacher feature pyramid matching (Wang, Han, Ding and Huang, BMVC 2021). */
export const stfpmSystem: DetectorSystem<StfpmConfig> = {
  name: 'stfpm',
  title: 'STFPM',
  presets: stfpmPresetNames,
  defaultPreset: 'quick',
  configSchema: stfpmConfigSchema,
  resolve: resolveStfpmConfig,
  withBackbone(_, name) {
    if (!isResNetName(name)) throw new Error(`expected one of ${resnetNames.join(', ')}; got '${name}'`);
    return { backbone: { name, weights: 'pretrained' } };
  },
  create: async (options) => createDetector(await prepareStfpm(options), undefined),
  load(bytes, options = {}) {
    const content = readModel(bytes, stfpmConfigSchema, () => ['student'], options.name);
    const { config } = content.header;
    return loadDetectorParts(content, options, config.backbone.weights === 'random', (given) => prepareStfpm({ config, ...given }));
  },
  createHelper(parts) {
    const config = stfpmConfigSchema.parse(parts.config);
    const lazy = lazyExtractor(createTeacher(config), { inputSize: config.imageSize, weights: parts.backbone });
    const built = pyramidParts(config, lazy.extractor);
    return createPartHelper({ networks: { student: built.student.specs }, work: (weights, job) => doPyramidJob(built, weights, job), dispose: lazy.dispose }, parts);
  },
};

/** Loads the teacher and builds the student. */
async function prepareStfpm({ config, backboneWeights, weightsSource }: CreateOptions<StfpmConfig>): Promise<DetectorParts<Float32Array>> {
  const { imageSize, seed, backbone } = config;
  const frozen = await freezeBackbone(createTeacher(config), {
    inputSize: imageSize,
    given: backboneWeights,
    source: weightsSource,
    ...(backbone.weights === 'random' && { seed }),
  });
  const parts = pyramidParts(config, frozen.extractor);
  const shared = { networks: { student: parts.student.specs }, backbone: frozen, pixels: imageSize[0] * imageSize[1] };
  const { size } = config.map;
  return {
    config,
    inputSize: imageSize,
    ...shared,
    fit: (samples, options) => fitStfpm(config, { ...parts, ...shared }, samples, options),
    rawTask: (weights, samples, store) => pyramidMaps(parts, weights, samples, store),
    score: (id, map, mapSize) => scoredPart(id, { values: map, enlarge: (edges) => upsampleBilinear(map, [size, size], edges) }, config.score, mapSize),
    heatOf: (map) => map,
    dispose: frozen.dispose,
  };
}

function createTeacher({ backbone: { name, levels } }: StfpmConfig): Backbone {
  return createResNet({ variant: name, taps: levels });
}

function pyramidParts(config: StfpmConfig, extractor: FeatureExtractor): PyramidParts {
  const { name, levels } = config.backbone;
  return { config, extractor, student: createPyramidStudent({ variant: name, levels }) };
}

