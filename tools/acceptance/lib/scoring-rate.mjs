// @ts-check
// node scoring-rate.mjs MODEL FOLDER [BACKEND]: prints how many images a second a model scores from files, in a process of its own.
import { readFileSync } from 'node:fs';
import { createSampleSource, listImages } from '@blemish/datasets';
import { loadDetector } from '@blemish/detectors';
import { startEngine } from '@blemish/engine/node';

/** Images that are scored before the clock starts, and while it runs. */
const [warm, timed] = [8, 48];

const [model = '', folder = '', backend = 'native'] = process.argv.slice(2);
await startEngine({ backend: /** @type {any} */ (backend) });
const detector = await loadDetector(readFileSync(model), { name: model });
const found = await listImages([folder]);
const files = Array.from({ length: warm + timed }, (_, i) => /** @type {import('@blemish/datasets').ImageFile} */ (found[i % found.length]));
const { inputSize, modality } = detector;
const source = createSampleSource(files, { modality, ...(inputSize && { size: inputSize }) });
let start = performance.now();
let scored = 0;
for await (const { id, score } of detector.scoreSource(source, { mapSize: [256, 256] })) {
  if (!Number.isFinite(score)) throw new Error(`${id}: expected a score, got ${score}`);
  if (++scored === warm) start = performance.now();
}
console.log(JSON.stringify({ imagesPerSecond: (1000 * timed) / (performance.now() - start) }));
await source.close();
detector.dispose();
