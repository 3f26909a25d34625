import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, fullSuite, maxAbs, uniformTensor } from '@blemish-tools/jest';
import { createRandom, paramsToArrays, valueAndGrads, type FloatArray, type Params } from '@blemish/layers';
import { naiveDescriptor } from '../testing/naive-descriptor.js';
import { createDescriptor } from './create-descriptor.js';
import type { DescriptorOptions, ReceptiveField } from './descriptor-layers.js';

const fields: readonly ReceptiveField[] = [17, 33, 65];

describeBackends('a descriptor', (backend) => {
  const affordable = fields.filter((p) => p < 65 || backend !== 'cpu' || fullSuite);

  describe.each(affordable)('of %i pixels', (receptiveField) => {
    const options: DescriptorOptions = { receptiveField };
    const descriptor = createDescriptor(options);
    const p = receptiveField;
    let params: Params;
    beforeAll(() => {
      params = descriptor.init(createRandom(9));
    });
    afterAll(() => tf.dispose(params));

    it('is the patch network by its definition, in float64, and so is its gradient', async () => {
      const [values, weightOf] = [uniformTensor(1, p * p * 3, 0, 1), uniformTensor(2, 128, -1, 1)];
      const patch = tf.tensor4d(values, [1, p, p, 3]);
      const { value, grads } = valueAndGrads(() => tf.sum(tf.mul(descriptor.patches(params, patch), weightOf)), params);
      const found = descriptor.patches(params, patch);
      const arrays = await paramsToArrays(params, descriptor.specs);
      const expected = naiveDescriptor(options, arrays, values);
      expectClose(found.dataSync(), expected, { tolerance: 5e-6 * maxAbs(expected), label: `descriptor p = ${p} against float64`, backend });

      // Along one direction in all parameters at once: by the gradient, and by central differences.
      const slopes = await paramsToArrays(grads, descriptor.specs);
      const towards = new Map([...arrays].map(([name, array], i) => [name, uniformTensor(20 + i, array.data.length, -1, 1).map((x) => x / Math.sqrt(array.data.length))] as const));
      const byGradient = [...towards].reduce((sum, [name, direction]) => sum + direction.reduce((part, x, i) => part + x * ((slopes.get(name) as FloatArray).data[i] as number), 0), 0);
      const step = 1e-6;
      const at = (h: number): number => {
        const moved = new Map([...arrays].map(([name, { shape, data }]) => [name, { shape, data: Float64Array.from(data, (x, i) => x + h * (towards.get(name)?.[i] as number)) }]));
        return naiveDescriptor(options, moved, values).reduce((sum, x, i) => sum + x * (weightOf[i] as number), 0);
      };
      const byDifferences = (at(step) - at(-step)) / (2 * step);
      expectClose([byGradient], [byDifferences], { tolerance: 2e-5 * Math.abs(byDifferences), label: `descriptor p = ${p} gradient along a direction`, backend });
      tf.dispose([patch, value, grads, found]);
    });

    it('trains on windows as on the patches in them', () => {
      const stride = Math.max(descriptor.stride, 4);
      const [a, b] = [p + 2 * stride, p + stride + 1];
      const windows = tf.tensor4d(uniformTensor(3, a * b * 3, 0, 1), [1, a, b, 3]);
      const target = tf.tensor4d(uniformTensor(4, 6 * 128, -1, 1), [1, 3, 2, 128]);
      const corners = [0, 1, 2].flatMap((row) => [0, 1].map((column) => tf.slice(windows, [0, row * stride, column * stride, 0], [1, p, p, 3])));
      const patches = tf.concat(corners);
      const whole = valueAndGrads(() => tf.sum(tf.squaredDifference(descriptor.windows(params, windows, stride), target)), params);
      const single = valueAndGrads(() => tf.sum(tf.squaredDifference(descriptor.patches(params, patches), tf.reshape(target, [6, 128]))), params);
      expect(Object.keys(whole.grads)).toEqual(Object.keys(descriptor.specs));
      for (const name of Object.keys(descriptor.specs)) {
        const expected = single.grads[name]?.dataSync() ?? [];
        expectClose(whole.grads[name]?.dataSync() ?? [], expected, { tolerance: 1e-5 * maxAbs(expected), label: `descriptor p = ${p} gradient of windows against patches`, backend, detail: name });
      }
      [whole, single].forEach(({ value, grads }) => tf.dispose([value, grads]));
      tf.dispose([windows, target, patches, ...corners]);
    });
  });
});
