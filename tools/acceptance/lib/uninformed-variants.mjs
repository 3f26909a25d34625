// @ts-check
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { createSampleSource } from '@blemish/datasets';
import { upsampleBilinear } from '@blemish/raster';
import { gatherMetrics } from '../../../packages/app/dist/gather-metrics.js';
import { groundTruth } from '../../../packages/app/dist/ground-truth.js';
import { readModel } from '../../../packages/detectors/dist/frame/model-file.js';
import { readNetworks } from '../../../packages/detectors/dist/frame/networks.js';
import { scoredPart } from '../../../packages/detectors/dist/frame/scored-part.js';
import { fieldScores } from '../../../packages/detectors/dist/uninformed-students/field-scores.js';
import { fieldsOf, fieldSpecs, fieldWeights } from '../../../packages/detectors/dist/uninformed-students/field.js';
import { mapSize } from '../../../packages/detectors/dist/uninformed-students/uninformed-job.js';
import { uninformedConfigSchema } from '../../../packages/detectors/dist/uninformed-students/uninformed-config.js';

// Notation: e, v: error and variance of a field at a position, each less its mean and by its deviation on held-out images.

/** What maps are made of. */
export const kinds = /** @type {const} */ (['both', 'error', 'variance']);

/**
 * Scores test images once, by each receptive field of a model alone and all together, and by each kind of score.
 *
 * @param {string} file the model
 * @param {readonly import('@blemish/datasets').LabeledFile[]} images
 * @param {(done: number) => void} onProgress
 * @returns {Promise<{fields: string, kind: typeof kinds[number], metrics: Readonly<Record<string, number | undefined>>}[]>}
 */
export async function uninformedVariants(file, images, onProgress) {
  const { header, networks } = readModel(readFileSync(file), uninformedConfigSchema, (config) => Object.keys(specsOf(config)), file);
  const { config } = header;
  const fields = fieldsOf(config);
  const weights = readNetworks(specsOf(config), networks, file);
  const size = /** @type {[number, number]} */ ([...mapSize(config)]);
  const variants = [...fields.map(({ size: one }) => String(one)), ...(fields.length > 1 ? ['all'] : [])].flatMap((of) => kinds.map((kind) => ({ of, kind, gathered: gatherMetrics(images) })));
  const truth = groundTruth();
  const source = createSampleSource(images, { modality: 'rgb', size: config.imageSize });
  try {
    for (const [index, labeled] of images.entries()) {
      const { image } = await source.load(index);
      const x = tf.tidy(() => /** @type {tf.Tensor4D} */ (tf.div(tf.tensor4d(Float32Array.from(image.data), [1, ...config.imageSize, 3]), 255))); // [1,H,W,3]
      const scores = new Map(fields.map((field) => [String(field.size), normalisedScores(field, weights, x, size)]));
      x.dispose();
      const mask = await truth(labeled, [256, 256]);
      for (const { of, kind, gathered } of variants) {
        const maps = of === 'all' ? [...scores.values()] : [/** @type {{error: Float32Array, variance: Float32Array}} */ (scores.get(of))];
        const values = combined(maps, kind);
        gathered.add(labeled, scoredPart(labeled.id, { values, enlarge: (edges) => upsampleBilinear(values, size, edges) }, config.score, [256, 256]), mask);
      }
      onProgress(index + 1);
    }
  } finally {
    await source.close();
  }
  return variants.map(({ of, kind, gathered }) => ({ fields: of, kind, metrics: gathered.metrics(config.score.reduction).values }));
}

/** @param {import('../../../packages/detectors/dist/uninformed-students/uninformed-config.js').UninformedConfig} config */
function specsOf(config) {
  return Object.assign({}, ...fieldsOf(config).map(fieldSpecs));
}

/**
 * e and v of one image at the map's size.
 *
 * @param {ReturnType<typeof fieldsOf>[number]} field
 * @param {any} weights
 * @param {tf.Tensor4D} x
 * @param {readonly [number, number]} size
 */
function normalisedScores(field, weights, x, size) {
  const own = fieldWeights(field, weights);
  const scores = fieldScores(field, own, x); // [1,h,w] each
  const at = (/** @type {'error' | 'variance'} */ name) => {
    const enlarged = tf.tidy(() => {
      const [mean, deviation] = /** @type {tf.Tensor} */ (own.statistics[name]).dataSync();
      const map = tf.expandDims(tf.div(tf.sub(scores[name], Number(mean)), Number(deviation)), 3);
      return tf.image.resizeBilinear(/** @type {tf.Tensor4D} */ (map), [size[0], size[1]], false, true);
    });
    const values = /** @type {Float32Array} */ (enlarged.dataSync());
    tf.dispose([enlarged, scores[name]]);
    return values;
  };
  return { error: at('error'), variance: at('variance') };
}

/**
 * @param {readonly {error: Float32Array, variance: Float32Array}[]} maps
 * @param {typeof kinds[number]} kind
 */
function combined(maps, kind) {
  const parts = maps.flatMap(({ error, variance }) => (kind === 'both' ? [error, variance] : [kind === 'error' ? error : variance]));
  return Float32Array.from({ length: parts[0]?.length ?? 0 }, (_, p) => parts.reduce((sum, part) => sum + Number(part[p]), 0) / maps.length);
}
