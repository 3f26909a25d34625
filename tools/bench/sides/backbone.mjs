// @ts-check
// Features of images that are decoded already: what a detector does with each image of a data set.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { startEngine } from '@blemish/engine/node';
import { createEfficientNet } from '@blemish/features';
import { createRandom } from '@blemish/layers';
import { writeSafetensors } from '@blemish/weights';
import { backboneWeights } from '../lib/backbone-weights.mjs';
import { serve, settings } from '../lib/worker.mjs';

const { variant, tap, batch, size } = settings();
const network = createEfficientNet({ variant, taps: [tap] });
const count = size * size * 3;
/** Images [batch,size,size,3] in [0,1], drawn from a seed. */
const images = createRandom(0).derive('images').uniform(0, 1, batch * count);
/** @type {import('@blemish/features').BackboneParams} */
let params;

/** @returns {Promise<Float32Array>} [batch,h,w,C] */
async function features() {
  const input = tf.tensor4d(images, [batch, size, size, 3]);
  const [map] = network.forward(params, input);
  if (map === undefined) throw new Error('backbone: no map');
  try {
    return /** @type {Float32Array} */ (await map.data());
  } finally {
    tf.dispose([input, map]);
  }
}

await serve({
  async prepare(folder) {
    const { backend, version, threads } = await startEngine();
    const { name, weights, bytes } = backboneWeights(variant, network);
    writeFileSync(join(folder, 'weights.safetensors'), bytes);
    const shape = [batch, size, size, 3];
    writeFileSync(join(folder, 'images.safetensors'), writeSafetensors([['images', { dtype: 'F32', shape, data: images }]]));
    params = network.load(weights);
    return { versions: { engine: `${backend}, ${version}, ${threads} threads` }, variant: name };
  },
  run: async () => void (await features()),
  async outputs(file) {
    const side = size / (network.spec.taps[0]?.stride ?? 1);
    const shape = [batch, side, side, network.spec.taps[0]?.channels ?? 0];
    writeFileSync(file, writeSafetensors([['features', { dtype: 'F32', shape, data: await features() }]]));
  },
});
