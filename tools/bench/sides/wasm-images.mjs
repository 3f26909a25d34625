// @ts-check
// Images one after the other on the WASM backend, shared among BLEMISH_THREADS threads as a detector shares them.
import { writeFileSync } from 'node:fs';
import ndarray from 'ndarray';
import { resolveAstConfig } from '@blemish/detectors';
import { startEngine, threadCount } from '@blemish/engine/node';
import { createRandom, initParams } from '@blemish/layers';
import { writeSafetensors } from '@blemish/weights';
// The program's own, by path: what is timed is what it runs.
import { createHelperThreads } from '../../../packages/app/dist/helper-threads.js';
import { distancesTask, inputsTask } from '../../../packages/detectors/dist/ast/ast-tasks.js';
import { prepareAst } from '../../../packages/detectors/dist/ast/prepare-ast.js';
import { callHelpers } from '../../../packages/detectors/dist/frame/call-helpers.js';
import { inOrder } from '../../../packages/detectors/dist/in-order.js';
import { serve, settings as readSettings } from '../lib/worker.mjs';

/** @type {{part: 'score' | 'backbone', images: number, settings: import('../lib/networks.mjs').NetworkSettings}} */
const { part, images: count, settings } = readSettings();
const isScore = part === 'score';
const images = Array.from({ length: count }, (_, i) => i);
const random = createRandom(11);

const { version } = await startEngine({ backend: 'wasm' });
const config = resolveAstConfig(isScore ? settings.preset : 'quick', { backbone: { weights: 'random' }, ...(isScore && { teacher: settings.teacher, student: settings.student }) });
const prepared = await prepareAst({ config });
const { parts } = prepared;
const { shape, networks } = parts;
const weights = isScore
  ? { teacher: initParams(networks.teacher.specs, random.derive('teacher')), student: initParams(networks.student.specs, random.derive('student')) }
  : undefined;

/** @type {import('@blemish/detectors').SampleSource} */
const source = {
  length: count,
  id: String,
  contentKey: async (i) => String(i),
  size: async () => config.imageSize,
  load: async (i) => ({ id: String(i), image: drawn(i) }),
};
const scoring = weights && distancesTask(parts, weights, source, given());
const features = inputsTask(parts, source, undefined);
/** @type {import('@blemish/detectors').Crew | undefined} */
let crew;

/** Levels of an image, drawn from a seed. */
function drawn(/** @type {number} */ i) {
  const [h, w] = config.imageSize;
  return ndarray(Uint8Array.from(random.derive(`image ${i}`).uniform(0, 256, h * w * 3)), [h, w, 3]);
}

/** A store that has the features of every image. @returns {import('@blemish/detectors').FeatureStore} */
function given() {
  const [h, w, c] = shape;
  const values = images.map((i) => random.derive(`features ${i}`).uniform(-1, 1, h * w * c));
  let asked = 0; // images are asked for in their order
  return { get: async () => values[asked++ % count], put: async () => undefined };
}

/** @returns {Promise<Float32Array[]>} */
async function all() {
  /** @type {Float32Array[]} */
  const values = [];
  const staying = crew && { ...crew, close: async () => undefined }; // for the next repetition
  const how = { images, open: staying && (async () => staying) };
  if (scoring) for await (const { distance } of inOrder(scoring, how)) values.push(distance);
  else for await (const { x } of inOrder(features, how)) values.push(x);
  return values;
}

await serve({
  async prepare() {
    const threads = createHelperThreads({ backend: 'wasm', count: threadCount(), onWarning: console.error });
    crew = await callHelpers(threads, prepared, weights ?? {}, count)?.();
    return { versions: { 'TensorFlow.js': version.replace('TensorFlow.js ', ''), threads: String(threadCount()) } };
  },
  run: async () => void (await all()),
  async outputs(file) {
    const values = await all();
    writeFileSync(file, writeSafetensors(values.map((data, i) => [`image ${i}`, { dtype: 'F32', shape: [data.length], data }])));
  },
});
