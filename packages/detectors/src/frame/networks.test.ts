import * as tf from '@tensorflow/tfjs-core';
import { describeBackends } from '@blemish-tools/jest';
import { createRandom, type ParamSpecs } from '@blemish/layers';
import { disposeNetworks, startingWeights } from './networks.js';

const own: ParamSpecs = { scale: { shape: [2], layout: 'plain', trainable: true, initial: 1 } };
const specs = { first: own, second: own };
const stored = (...values: number[]): Record<'networks', Record<string, Map<string, { shape: number[]; dtype: 'F32'; data: Float32Array }>>> => ({
  networks: { second: new Map([['scale', { shape: [values.length], dtype: 'F32', data: Float32Array.from(values) }]]) },
});

describeBackends('startingWeights', () => {
  it('takes what is stored, the later ones first, and draws the others', () => {
    const weights = startingWeights(specs, createRandom(0), [{ source: 'a', ...stored(2, 3) }, { source: 'b', ...stored(4, 5) }]);
    expect([weights['first'], weights['second']].map((params) => [...(params?.['scale']?.dataSync() ?? [])])).toEqual([[1, 1], [4, 5]]);
    disposeNetworks(weights);
  });

  it('names the file whose weights do not fit, and leaves nothing behind', () => {
    const before = tf.memory().numTensors;
    expect(() => startingWeights(specs, createRandom(0), [{ source: 'checkpoint', ...stored(2, 3, 4) }])).toThrow("checkpoint, second: 'scale' expected shape [2], got [3]");
    expect(tf.memory().numTensors).toBe(before);
  });
}, ['cpu']);
