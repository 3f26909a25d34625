import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, fullSuite, uniformTensor } from '@blemish-tools/jest';
import { createEfficientNet } from './efficientnet/create-efficientnet.js';
import { seededWeights } from './seeded-weights.js';

describe('seededWeights', () => {
  const shallow = createEfficientNet({ variant: 'b0', taps: [1] });
  const deep = createEfficientNet({ variant: 'b0', taps: [6] });

  it('says that it is random, and from which seed', () => {
    expect(seededWeights(shallow, 7).name).toBe('efficientnet-b0-random-seed7');
  });

  it('draws what load takes', () => {
    expect(() => shallow.select(seededWeights(shallow, 7).weights)).not.toThrow();
  });

  it('draws an array by seed and name alone', () => {
    const [few, many, other] = [seededWeights(shallow, 7), seededWeights(deep, 7), seededWeights(shallow, 8)];
    for (const [name, array] of few.weights) expect(many.weights.get(name)).toEqual(array);
    expect(other.weights.get('_conv_stem.weight')).not.toEqual(few.weights.get('_conv_stem.weight'));
  });

  it('refuses a seed that is none', () => {
    expect(() => seededWeights(shallow, -1)).toThrow('seed');
  });
});

describeBackends(
  'seededWeights',
  () => {
    it.each([
      ['b0', [2, 4, 7, 10, 15]],
      ['b4', [5, 9, 15, 21, 29]],
      ...(fullSuite ? [['b7', [10, 17, 27, 37, 54]] as const] : []),
    ] as const)('gives %s features that neither vanish nor explode, nor are alike everywhere', (variant, taps) => {
      const backbone = createEfficientNet({ variant, taps });
      const params = backbone.load(seededWeights(backbone, 7).weights);
      const image = tf.tensor4d(uniformTensor(5, 64 * 64 * 3, 0, 1), [1, 64, 64, 3]);
      const features = backbone.forward(params, image);
      for (const feature of features) {
        const power = tf.tidy(() => tf.mean(tf.square(feature)).dataSync()[0] as number);
        const spread = tf.tidy(() => tf.mean(tf.moments(feature, [1, 2]).variance).dataSync()[0] as number);
        expect(power).toBeGreaterThan(0.1);
        expect(power).toBeLessThan(30);
        expect(spread).toBeGreaterThan(0.02 * power);
      }
      tf.dispose([params, image, features]);
    });
  },
  ['wasm'],
);
