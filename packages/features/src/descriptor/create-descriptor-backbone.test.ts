import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, maxAbs, uniformTensor } from '@blemish-tools/jest';
import { createRandom, disposeParams, paramsToArrays } from '@blemish/layers';
import { seededWeights } from '../seeded-weights.js';
import { centredWindows } from './centred-windows.js';
import { createDescriptorBackbone } from './create-descriptor-backbone.js';
import { createDescriptor } from './create-descriptor.js';

const backbone = createDescriptorBackbone('descriptor33', 16);
const pixels = uniformTensor(3, 32 * 48 * 3, 0, 1);

describeBackends('a descriptor network as a backbone', (backend) => {
  it('gives the descriptors of the squares that an image is divided into', async () => {
    const descriptor = createDescriptor({ receptiveField: 33 });
    const own = descriptor.init(createRandom(4));
    const params = backbone.load(await paramsToArrays(own, descriptor.specs));
    const images = tf.tensor4d(pixels, [1, 32, 48, 3]);
    const [maps] = backbone.forward(params, images);
    expect(maps?.shape).toEqual([1, 2, 3, 128]);
    const expected = tf.tidy(() => descriptor.windows(own, centredWindows(descriptor, images, 16), 16));
    const values = expected.dataSync() as Float32Array;
    expectClose(maps?.dataSync() as Float32Array, values, { tolerance: 1e-6 * maxAbs(values), label: 'descriptor as a backbone', backend });
    tf.dispose([images, expected, ...(maps ? [maps] : [])]);
    disposeParams(own);
    disposeParams(params);
  });

  it('refuses images that cannot be divided so, and weights of another', () => {
    const params = backbone.load(seededWeights(backbone, 0).weights);
    const images = tf.zeros<tf.Rank.R4>([1, 32, 40, 3]);
    expect(() => backbone.forward(params, images)).toThrow('descriptor33: expected images whose sides are multiples of 16 pixels, got 32x40');
    images.dispose();
    disposeParams(params);
    const other = createDescriptorBackbone('descriptor65', 8);
    expect(() => backbone.load(seededWeights(other, 0).weights, 'd65')).toThrow(/^d65: [^\n]*$/);
  });
});
