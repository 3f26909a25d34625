// @ts-check
// Features of the reference's three images, from JPEG file to EfficientNet-B4's block 29, through the public packages.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { startEngine } from '@blemish/engine/node';
import { createEfficientNet } from '@blemish/features';
import { decodeImage } from '@blemish/images';
import { resizeBilinear } from '@blemish/raster';
import { readSafetensors, readWeights } from '@blemish/weights';
import { createChecklist } from './lib/checklist.mjs';
import { fixed, markdownTable } from './lib/markdown-table.mjs';
import { sharedPath, toolOptions } from './lib/options.mjs';
import { record } from './lib/record.mjs';
import { pearson } from './lib/spearman.mjs';
import { largestDifference } from './lib/largest-difference.mjs';

const { shared, values } = toolOptions({
  usage: `node tools/acceptance/run.mjs features [--backend native] [--python PYTHON] [--no-record]
--python: an interpreter that has Pillow; with it the part of the JPEG decoder is told apart`,
  options: { backend: { type: 'string', default: 'native' }, python: { type: 'string', default: 'python3' }, 'no-record': { type: 'boolean' } },
});
const leastCorrelation = 0.9999;
const size = /** @type {const} */ ([768, 768]);

const { backend } = await startEngine({ backend: /** @type {any} */ (values['backend']) });
const weightsPath = sharedPath(shared, 'weights/efficientnet-b4-imagenet-blocks0-29.safetensors');
const network = createEfficientNet({ variant: 'b4', taps: [29] });
const params = network.load(readWeights(readFileSync(weightsPath), weightsPath).tensors, weightsPath);
const path = sharedPath(shared, 'reference/bottle-features.safetensors');
const { tensors } = readSafetensors(readFileSync(path), path);

const list = createChecklist();
const rows = [];
for (const [id, expected] of tensors) {
  const file = join(sharedPath(shared, 'data/mvtec_ad/bottle'), id);
  const image = await decodeImage(file);
  const theirs = /** @type {Float32Array} */ (expected.data);
  const ours = featuresOf(resizeBilinear(image, size).data);
  const [height = 0, width = 0] = image.shape;
  const pillow = pillowLevels(file, height * width * 3);
  const row = {
    image: id,
    correlation: pearson(ours, theirs),
    largestDifference: largestDifference(ours, theirs),
    largestValue: largestDifference(theirs, new Float32Array(theirs.length)),
    /** The same from Pillow's levels: what is left is not the decoder's. */
    fromPillowLevels: pillow && largestDifference(featuresOf(resizeBilinear(withData(image, pillow), size).data), theirs),
    decoderLevels: pillow && largestDifference(image.data, pillow),
  };
  rows.push(row);
  list.check(row.correlation >= leastCorrelation, `${id}: correlation at least ${leastCorrelation}`, String(row.correlation));
}
if (rows.some(({ decoderLevels }) => decoderLevels === undefined)) list.skip("the JPEG decoder's own part", `${values['python']} has no Pillow`);

const markdown = markdownTable(
  ['image', 'correlation', 'largest difference', 'largest value', "from Pillow's levels", 'decoders differ by'],
  rows.map((row) => [
    row.image,
    fixed(row.correlation, 10),
    row.largestDifference.toExponential(2),
    fixed(row.largestValue, 1),
    row.fromPillowLevels?.toExponential(2) ?? '-',
    row.decoderLevels === undefined ? '-' : `${row.decoderLevels} levels`,
  ]),
);
console.log(markdown);
if (!values['no-record']) {
  record('bottle-features', { what: 'EfficientNet-B4 block 29 of three bottle images against the reference’s', backend, rows }, markdown);
}
process.exitCode = list.finish();

/** @param {Uint8Array} levels [768,768,3] @returns {Float32Array} [C,h,w], as the reference keeps them */
function featuresOf(levels) {
  const features = tf.tidy(() => {
    const images = tf.tensor4d(Float32Array.from(levels, (level) => level / 255), [1, ...size, 3]);
    const [map] = network.forward(params, images); // [1,h,w,C]
    return tf.transpose(/** @type {tf.Tensor4D} */ (map), [0, 3, 1, 2]);
  });
  const data = /** @type {Float32Array} */ (features.dataSync());
  features.dispose();
  return data;
}

/**
 * @template {import('ndarray').NdArray<Uint8Array>} T
 * @param {T} image
 * @param {Uint8Array} data
 * @returns {T}
 */
function withData(image, data) {
  return /** @type {T} */ (Object.assign(Object.create(Object.getPrototypeOf(image)), image, { data }));
}

/** Levels as Pillow decodes them; undefined where there is no Pillow. @param {string} file @param {number} count */
function pillowLevels(file, count) {
  const script = 'import sys\nfrom PIL import Image\nsys.stdout.buffer.write(Image.open(sys.argv[1]).convert("RGB").tobytes())';
  try {
    const bytes = execFileSync(String(values['python']), ['-c', script, file], { maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'ignore'] });
    return bytes.length === count ? new Uint8Array(bytes) : undefined;
  } catch {
    return undefined;
  }
}
