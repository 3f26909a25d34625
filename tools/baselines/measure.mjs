// @ts-check
import { createSampleSource, listCategory, loadMask } from '@blemish/datasets';
import { prepareDepth } from '@blemish/depth';
import { createMeanDifference, createNearestNeighbour } from '@blemish/detectors';
import { auroc, createPixelEvaluation } from '@blemish/metrics';
import { upsampleBicubic } from '@blemish/raster';

/** @typedef {'rgb' | 'depth' | 'rgb+depth'} Modality */

/**
 * One baseline's numbers on one category.
 * @typedef {object} Row
 * @property {string} category
 * @property {Modality} modality
 * @property {string} baseline
 * @property {number} image_AUROC by the better of the two reductions below
 * @property {'max' | 'mean'} reduction the better one, chosen on the test set, which flatters the baseline
 * @property {number} image_AUROC_max
 * @property {number} image_AUROC_mean
 * @property {number | null} AUPRO
 * @property {Record<string, number>} by_defect image AUROC of each kind against the good parts, by the same reduction
 */

const makers = [
  { name: 'mean difference', make: (/** @type {number} */ channels) => createMeanDifference({ channels }) },
  { name: 'nearest pixel', make: (/** @type {number} */ channels) => createNearestNeighbour({ by: 'pixel', channels }) },
  { name: 'nearest image', make: (/** @type {number} */ channels) => createNearestNeighbour({ by: 'image', channels }) },
];

/**
 * Measures every baseline on one category. Images are compared at `size`; depth as the `quick` presets prepare it, in centimetres from the
 * part's own mean, 0 on the table, and its map counts on the foreground only. `rgb+depth` adds the two maps, each divided by its mean over the training
 * images' mean differences.
 *
 * @param {{data: string, category: string, modality: Modality, size: number, say?: (line: string) => void}} options
 * @returns {Promise<Row[]>}
 */
export async function measureBaselines({ data, category, modality, size, say = () => undefined }) {
  const dataset = await listCategory(data, category, { modality });
  const parts = modality === 'rgb+depth' ? /** @type {const} */ (['rgb', 'depth']) : [modality];
  const channelsOf = { rgb: 3, depth: 1 };
  const fitted = makers.map(({ name, make }) => ({ name, models: parts.map((part) => make(channelsOf[part])) }));

  for await (const { values } of loaded(dataset.train, modality, size)) {
    for (const { models } of fitted) parts.forEach((part, i) => models[i]?.add(values[part]));
  }
  const weights = parts.map(() => 1);
  if (parts.length > 1) {
    const sums = parts.map(() => 0);
    for await (const { values, foreground } of loaded(dataset.train, modality, size)) {
      parts.forEach((part, i) => (sums[i] = (sums[i] ?? 0) + mean(partMap(fitted[0]?.models[i], values[part], part, foreground))));
    }
    sums.forEach((sum, i) => (weights[i] = dataset.train.length / Math.max(1e-12, sum)));
  }

  const results = fitted.map(({ name }) => ({ name, max: /** @type {number[]} */ ([]), mean: /** @type {number[]} */ ([]), pixels: createPixelEvaluation() }));
  const masked = dataset.test.every(({ label, maskPath }) => label === 0 || maskPath !== undefined);
  let at = 0;
  for await (const { values, foreground, shape } of loaded(dataset.test, modality, size)) {
    const file = dataset.test[at++];
    if (file === undefined) throw new Error('baselines: more images than were listed');
    const mask = masked ? await loadMask(file, shape) : undefined;
    fitted.forEach(({ models }, k) => {
      const map = new Float32Array(size * size);
      parts.forEach((part, i) => {
        const own = partMap(models[i], values[part], part, foreground);
        const weight = weights[i] ?? 1;
        for (let p = 0; p < map.length; p++) map[p] = (map[p] ?? 0) + weight * (own[p] ?? 0);
      });
      const result = results[k];
      result?.max.push(map.reduce((most, value) => Math.max(most, value), 0));
      result?.mean.push(mean(map));
      if (mask) result?.pixels.add({ map: upsampleBicubic(map, [size, size], shape), mask, shape });
    });
    if (at % 25 === 0) say(`${category}, ${modality}: ${at} of ${dataset.test.length}`);
  }

  const labels = dataset.test.map(({ label }) => label);
  const defects = [...new Set(dataset.test.filter(({ label }) => label === 1).map(({ defect }) => defect))];
  return results.map(({ name, max, mean: means, pixels }) => {
    const [byMax, byMean] = [auroc(max, labels), auroc(means, labels)];
    const [reduction, scores] = byMax >= byMean ? /** @type {const} */ (['max', max]) : /** @type {const} */ (['mean', means]);
    const by_defect = Object.fromEntries(
      defects.map((defect) => {
        const chosen = dataset.test.flatMap((file, i) => (file.label === 0 || file.defect === defect ? [i] : []));
        return [defect, auroc(chosen.map((i) => scores[i] ?? NaN), chosen.map((i) => labels[i] ?? 0))];
      }),
    );
    const AUPRO = masked ? pixels.auPro() : null;
    return { category, modality, baseline: name, image_AUROC: Math.max(byMax, byMean), reduction, image_AUROC_max: byMax, image_AUROC_mean: byMean, AUPRO, by_defect };
  });
}

/**
 * Images one by one, as plain arrays at `size`.
 * @param {readonly import('@blemish/datasets').ImageFile[]} files
 * @param {Modality} modality
 * @param {number} size
 */
async function* loaded(files, modality, size) {
  const source = createSampleSource(files, { modality, size: [size, size] });
  try {
    source.prefetch(files.map((_, i) => i));
    for (let i = 0; i < files.length; i++) {
      const sample = await source.load(i);
      const image = 'image' in sample ? sample.image : undefined;
      const depth = 'depth' in sample ? prepareDepth(sample.depth, { size, unshuffle: 1, fill: 'full', background: 'border', fillHoles: true }) : undefined;
      const rgb = new Float32Array(image ? size * size * 3 : 0);
      if (image) for (let k = 0; k < rgb.length; k++) rgb[k] = image.get(Math.floor(k / (size * 3)), Math.floor(k / 3) % size, k % 3);
      yield { values: { rgb, depth: depth?.channels ?? new Float32Array(0) }, foreground: depth?.foreground, shape: sample.size };
    }
  } finally {
    await source.close();
  }
}

/**
 * A model's map; depth counts where the part is.
 * @param {import('@blemish/detectors').Baseline | undefined} model
 * @param {Float32Array} values
 * @param {'rgb' | 'depth'} part
 * @param {Uint8Array | undefined} foreground
 */
function partMap(model, values, part, foreground) {
  if (!model) throw new Error('baselines: no model');
  const map = model.map(values);
  if (part === 'depth' && foreground) for (let p = 0; p < map.length; p++) if (foreground[p] === 0) map[p] = 0;
  return map;
}

/** @param {Float32Array} values */
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
