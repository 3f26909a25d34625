// @ts-check
// Exact metrics of scores that are in memory already.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auroc, averagePrecision, createPixelEvaluation } from '@blemish/metrics';
import { readSafetensors, writeSafetensors } from '@blemish/weights';
import { scoredPixels, scoredSamples } from '../lib/scored-pixels.mjs';
import { serve, settings } from '../lib/worker.mjs';

/** @type {{metric: 'auroc' | 'ap' | 'aupro', kind?: import('../lib/scored-pixels.mjs').Kind, count?: number}} */
const { metric, kind = 'smooth', count } = settings();
/** @type {Float32Array} */
let scores;
/** @type {Uint8Array} */
let labels;
/** @type {number[]} */
let shape;

const compute = {
  auroc: () => auroc(scores, labels),
  ap: () => averagePrecision(scores, labels),
  aupro() {
    const [images, height, width] = /** @type {[number, number, number]} */ (shape);
    const size = height * width;
    const evaluation = createPixelEvaluation();
    for (let i = 0; i < images; i++) {
      const [start, end] = [i * size, (i + 1) * size];
      evaluation.add({ map: scores.subarray(start, end), mask: labels.subarray(start, end), shape: [height, width] });
    }
    return evaluation.auPro(0.3);
  },
};

/** @param {string} file */
function writeInputs(file) {
  const { shape: size, maps, masks } = count === undefined ? scoredPixels(kind) : samples(count);
  writeFileSync(
    file,
    writeSafetensors([
      ['scores', { dtype: 'F32', shape: size, data: maps }],
      ['labels', { dtype: 'U8', shape: size, data: masks }],
    ]),
  );
}

/** @param {number} length */
function samples(length) {
  const { scores: maps, labels: masks } = scoredSamples(length);
  return { shape: [length], maps, masks };
}

await serve({
  async prepare(folder) {
    const file = join(folder, 'scores.safetensors');
    if (!existsSync(file)) writeInputs(file);
    const { tensors } = readSafetensors(readFileSync(file), file);
    ({ data: scores, shape } = /** @type {{data: Float32Array, shape: number[]}} */ (/** @type {unknown} */ (tensors.get('scores'))));
    ({ data: labels } = /** @type {{data: Uint8Array}} */ (/** @type {unknown} */ (tensors.get('labels'))));
  },
  run: async () => void compute[metric](),
  async outputs(file) {
    writeFileSync(file, writeSafetensors([[metric, { dtype: 'F64', shape: [1], data: Float64Array.of(compute[metric]()) }]]));
  },
});
