import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, fullSuite, maxAbs, uniformTensor } from '@blemish-tools/jest';
import { createRandom, paramsToArrays, valueAndGrads, type Params } from '@blemish/layers';
import { naiveDescriptor } from '../testing/naive-descriptor.js';
import { createDescriptor, type Descriptor } from './create-descriptor.js';
import type { ReceptiveField } from './descriptor-layers.js';

const fields: readonly ReceptiveField[] = [17, 33, 65];
/** With convolutions at a stride, with pools at theirs, and with a map split and every third position of it kept. */
const strides: Readonly<Record<ReceptiveField, readonly number[]>> = { 17: [4], 33: [4, 6], 65: [8] };

/** What a test needs of the float64 network, which takes seconds. */
interface Reference {
  readonly descriptor: Float64Array;
  /** A direction in all parameters at once. */
  readonly directions: ReadonlyMap<string, Float32Array>;
  /** Of `descriptor · weightOf` along it, by central differences. */
  readonly slope: number;
}

const references = new Map<Descriptor['receptiveField'], Reference>();

/** The same on every backend: parameters start alike. */
async function referenceOf({ receptiveField, specs }: Descriptor, params: Params, patch: Float32Array, weightOf: Float32Array): Promise<Reference> {
  const known = references.get(receptiveField);
  if (known !== undefined) return known;
  const arrays = await paramsToArrays(params, specs);
  const directions = new Map([...arrays].map(([name, { data }], i) => [name, uniformTensor(20 + i, data.length, -1, 1).map((x) => x / Math.sqrt(data.length))]));
  const at = (step: number): number => {
    const moved = [...arrays].map(([name, { shape, data }]) => {
      const direction = directions.get(name) as Float32Array;
      return [name, { shape, data: Float64Array.from(data, (x, i) => x + step * (direction[i] as number)) }] as const;
    });
    return dot(naiveDescriptor({ receptiveField }, new Map(moved), patch), weightOf);
  };
  const step = 1e-6;
  const found = { descriptor: naiveDescriptor({ receptiveField }, arrays, patch), directions, slope: (at(step) - at(-step)) / (2 * step) };
  references.set(receptiveField, found);
  return found;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, x, i) => sum + x * (b[i] as number), 0);
}

describeBackends('a descriptor', (backend) => {
  const quickly = backend === 'cpu' && !fullSuite;
  const affordable = quickly ? [33 as const] : fields;

  describe.each(affordable)('of %i pixels', (receptiveField) => {
    const descriptor = createDescriptor({ receptiveField });
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
      const { descriptor: expected, directions, slope } = await referenceOf(descriptor, params, values, weightOf);
      expectClose(found.dataSync(), expected, { tolerance: 5e-6 * maxAbs(expected), label: `descriptor p = ${p} against float64`, backend });

      const gradients = await paramsToArrays(grads, descriptor.specs);
      const byGradient = [...gradients].reduce((sum, [name, { data }]) => sum + dot(data, directions.get(name) ?? []), 0);
      expectClose([byGradient], [slope], { tolerance: 2e-5 * Math.abs(slope), label: `descriptor p = ${p} gradient along a direction`, backend });
      tf.dispose([patch, value, grads, found]);
    });

    (quickly ? it.skip : it).each(strides[p])('trains on windows as on the patches in them, %i apart', (stride) => {
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
