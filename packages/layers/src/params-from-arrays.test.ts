import * as tf from '@tensorflow/tfjs-core';
import { startEngine } from '@blemish/engine/node';
import { initParams } from './init-params.js';
import type { NamedArray } from './named-array.js';
import { disposeParams } from './params.js';
import { batchNormSpecs, convSpecs, type ParamSpecs } from './param-specs.js';
import { paramsFromArrays } from './params-from-arrays.js';
import { paramsToArrays } from './params-to-arrays.js';
import { createRandom } from './random.js';

const specs: ParamSpecs = {
  'scale': { shape: [1], layout: 'plain', trainable: true, initial: 0 },
  ...convSpecs('conv', 3, 2, 4),
  ...batchNormSpecs('bn', 4),
};

describe('parameters from and to named arrays', () => {
  beforeAll(() => startEngine({ backend: 'cpu' }));

  const arrays = async (): Promise<Map<string, NamedArray>> => {
    const params = initParams(specs, createRandom(1));
    const result = await paramsToArrays(params, specs);
    disposeParams(params);
    return result;
  };
  const load = async (change: (arrays: Map<string, NamedArray>) => void, ignore?: (name: string) => boolean): Promise<void> => {
    const changed = await arrays();
    change(changed);
    disposeParams(paramsFromArrays(changed, specs, { source: 'teacher.pth', ...(ignore ? { ignore } : {}) }));
  };

  it('come back as they were', async () => {
    const params = initParams(specs, createRandom(1));
    const back = paramsFromArrays(await paramsToArrays(params, specs), specs);
    expect(Object.keys(back)).toEqual(Object.keys(specs));
    for (const [name, tensor] of Object.entries(back)) {
      expect(tensor.shape).toEqual(specs[name]?.shape);
      expect(tensor.dataSync()).toEqual(params[name]?.dataSync());
    }
    disposeParams(params);
    disposeParams(back);
  });

  it('start uniform in ±1/sqrt(fan in), batch normalisation as the identity', () => {
    const params = initParams(specs, createRandom(2));
    const weight = (params['conv.weight'] as tf.Tensor).dataSync();
    const bound = 1 / Math.sqrt(18);
    expect(Math.max(...weight)).toBeLessThan(bound);
    expect(Math.max(...weight)).toBeGreaterThan(0.8 * bound);
    expect([...(params['bn.running_var'] as tf.Tensor).dataSync()]).toEqual([1, 1, 1, 1]);
    disposeParams(params);
  });

  it('take a single value of any rank, and float64', () =>
    load((map) => {
      map.set('scale', { shape: [], data: Float64Array.of(0.5) });
    }));

  it('pass over names that are to be ignored', () =>
    load(
      (map) => map.set('bn.num_batches_tracked', { shape: [], data: BigInt64Array.of(7n) }),
      (name) => name.endsWith('num_batches_tracked'),
    ));

  it.each<[string, (map: Map<string, NamedArray>) => void, string]>([
    ['that are missing', (map) => map.delete('conv.bias'), "teacher.pth: missing 'conv.bias'"],
    ['that are all missing', (map) => map.clear(), "teacher.pth: missing 'scale', 'conv.weight', 'conv.bias' and 4 more"],
    ['left over', (map) => map.set('head.weight', { shape: [1], data: [0] }), "teacher.pth: unknown 'head.weight'"],
    [
      'of another shape',
      (map) => map.set('conv.weight', { shape: [3, 3, 2, 4], data: new Float32Array(72) }),
      "teacher.pth: 'conv.weight' expected shape [4,2,3,3], got [3,3,2,4]",
    ],
    ['with too few values', (map) => map.set('bn.bias', { shape: [4], data: [1] }), "teacher.pth: 'bn.bias' expected 4 values, got 1"],
    [
      'of integers',
      (map) => map.set('bn.bias', { shape: [4], data: new BigInt64Array(4) }),
      "teacher.pth: 'bn.bias' expected real numbers, got 64-bit integers",
    ],
  ])('name the arrays %s, and leave no tensor behind', async (_, change, message) => {
    const before = tf.memory().numTensors;
    await expect(load(change)).rejects.toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
  });
});
