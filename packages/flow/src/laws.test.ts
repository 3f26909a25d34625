import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describeBackends, expectClose, maxAbs, uniformTensor } from '@blemish-tools/jest';
import { createRandom, getParam, sizeOf, type Params } from '@blemish/layers';
import { compose } from './compose.js';
import { createConditionalFlow } from './conditional-flow.js';
import { convSubNetwork } from './conv-sub-network.js';
import { coupling } from './coupling.js';
import { permute } from './permute.js';
import type { SubNetwork } from './sub-network.js';
import type { Condition, Transform } from './transform.js';

/** Not AST's: one matrix for every position, and no condition. That a flow takes it shows that it never looks inside. */
const linear: SubNetwork = {
  specs: (prefix, inChannels, outChannels) => ({
    [`${prefix}.matrix`]: { shape: [1, 1, inChannels, outChannels], layout: 'filter', trainable: true, initial: 0 },
  }),
  apply: (params, prefix, x) => tf.conv2d(x, getParam<tf.Tensor4D>(params, `${prefix}.matrix`), 1, 'same'),
};

/** Seeded values for every parameter of a transform. */
const paramsOf = ({ specs }: Transform, seed: number): Params =>
  Object.fromEntries(Object.entries(specs).map(([name, { shape }], i) => [name, tf.tensor(uniformTensor(seed + i, sizeOf(shape), -0.8, 0.8), [...shape])]));

interface Case {
  readonly name: string;
  readonly make: (channels: number, seed: number) => Transform;
  readonly condition: boolean;
}
const shuffled = (channels: number, seed: number): Int32Array => createRandom(seed).permutation(channels);
const cases: Case[] = [
  { name: 'permute', make: (channels, seed) => permute(shuffled(channels, seed)), condition: false },
  {
    name: 'coupling with a linear sub-network',
    make: (channels) => coupling({ channels, conditionChannels: 0, clamp: 2, subNetwork: linear, prefix: 'a' }),
    condition: false,
  },
  {
    name: 'conditional flow',
    make: (channels, seed) =>
      createConditionalFlow({
        channels,
        conditionChannels: 2,
        clamp: 1.5,
        permutations: [shuffled(channels, seed), shuffled(channels, seed + 1)],
        subNetworks: [convSubNetwork({ hidden: 3, kernel: 3 }), convSubNetwork({ hidden: 2, kernel: 1 })],
      }),
    condition: true,
  },
];

describeBackends('laws of transforms', (backend) => {
  describe.each(cases)('$name', ({ make, condition }) => {
    const inputs = (shape: [number, number, number, number], seed: number): { x: tf.Tensor4D; c: Condition | undefined } => ({
      x: tf.tensor4d(uniformTensor(seed, sizeOf(shape), -2, 2), shape),
      c: condition ? tf.tensor3d(uniformTensor(seed + 1, shape[1] * shape[2] * 2, -1, 1), [shape[1], shape[2], 2]) : undefined,
    });
    const shapes = fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 7 }));
    const runs = { numRuns: backend === 'cpu' ? 10 : 25, seed: 1 };

    it('forward then inverse is the identity, and so is inverse then forward', () => {
      fc.assert(
        fc.property(shapes, fc.nat(1000), (shape, seed) => {
          tf.tidy(() => {
            const transform = make(shape[3], seed);
            const params = paramsOf(transform, seed);
            const { x, c } = inputs(shape, seed);
            const { z } = transform.forward(params, x, c);
            const there = transform.inverse(params, z, c);
            const { z: back } = transform.forward(params, transform.inverse(params, x, c), c);
            const where = { label: 'flow law: inverse', backend };
            const tolerance = 2e-4; // exp(±1.5) to the fourth, times float32
            expectClose(there.dataSync(), x.dataSync(), { ...where, tolerance });
            expectClose(back.dataSync(), x.dataSync(), { ...where, tolerance });
          });
        }),
        runs,
      );
    });

    it('its log-determinant is that of the Jacobian, by brute force on 8 values', () => {
      fc.assert(
        fc.property(fc.constantFrom<[number, number, number, number]>([1, 2, 2, 2], [1, 1, 2, 4], [1, 1, 1, 8]), fc.nat(1000), (shape, seed) => {
          tf.tidy(() => {
            const transform = make(shape[3], seed);
            const params = paramsOf(transform, seed);
            const { x, c } = inputs(shape, seed);
            const rows = Array.from({ length: 8 }, (_, i) => {
              const one = tf.oneHot(tf.tensor1d([i], 'int32'), 8);
              const output = (v: tf.Tensor): tf.Tensor => tf.sum(tf.mul(tf.reshape(transform.forward(params, v as tf.Tensor4D, c).z, [1, 8]), one));
              return [...tf.grad(output)(x).dataSync()];
            });
            const { logAbsDet } = transform.forward(params, x, c);
            const sum = [...logAbsDet.dataSync()].reduce((total, value) => total + value, 0);
            expectClose([sum], [logAbsDeterminant(rows)], { tolerance: 1e-4, label: 'flow law: log-determinant', backend });
          });
        }),
        { ...runs, numRuns: 5 },
      );
    });

    it('leaves no tensor behind but what it returns', () => {
      const transform = make(4, 1);
      const [params, { x, c }] = [paramsOf(transform, 1), inputs([1, 3, 3, 4], 1)];
      const before = tf.memory().numTensors;
      const { z, logAbsDet } = transform.forward(params, x, c);
      const back = transform.inverse(params, z, c);
      expect(tf.memory().numTensors).toBe(before + 3);
      tf.dispose([z, logAbsDet, back, params, x, c ?? []]);
    });
  });

  it('log-determinants of a composition add up, and cancel for a permutation and its inverse', () => {
    tf.tidy(() => {
      const [a, b] = [coupling({ channels: 4, conditionChannels: 0, clamp: 1, subNetwork: linear, prefix: 'a' }), permute([2, 0, 3, 1])];
      const params = paramsOf(a, 3);
      const x = tf.tensor4d(uniformTensor(4, 16, -1, 1), [1, 2, 2, 4]);
      const once = a.forward(params, x);
      const composed = compose([a, b, a]).forward(params, x);
      const second = a.forward(params, b.forward({}, once.z).z);
      const where = { label: 'flow law: composition', backend };
      expectClose(composed.logAbsDet.dataSync(), tf.add(once.logAbsDet, second.logAbsDet).dataSync(), { ...where, tolerance: 1e-6 });
      expectClose(composed.z.dataSync(), second.z.dataSync(), { ...where, tolerance: 0 });
      expectClose(compose([b, permute([1, 3, 0, 2])]).forward({}, x).z.dataSync(), x.dataSync(), { ...where, tolerance: 0 });
    });
  });

  it('one block amplifies a channel by at most exp(clamp), and overflows nowhere', () => {
    tf.tidy(() => {
      const clamp = 1.2;
      const block = coupling({ channels: 4, conditionChannels: 0, clamp, subNetwork: linear, prefix: 'a' });
      const params = Object.fromEntries(Object.entries(paramsOf(block, 5)).map(([name, value]) => [name, tf.mul(value, 1e12)]));
      const { z, logAbsDet } = block.forward(params, tf.tensor4d(uniformTensor(6, 16, -1, 1), [1, 2, 2, 4]));
      expect(maxAbs(logAbsDet.dataSync())).toBeLessThanOrEqual(4 * clamp);
      expect(maxAbs(z.dataSync())).toBe(1e6);
    });
  });

  it('takes what overflowed out of the gradient', () => {
    tf.tidy(() => {
      const flat = compose([permute([0, 1]), coupling({ channels: 2, conditionChannels: 0, clamp: 1, subNetwork: linear, prefix: 'a' })]);
      const params = { 'a.s1.matrix': tf.zeros([1, 1, 1, 2]), 'a.s2.matrix': tf.zeros([1, 1, 1, 2]) };
      const gradient = tf.grad((x) => tf.sum(flat.forward(params, x as tf.Tensor4D).z))(tf.tensor4d([3, 2e6, -1e6, -2e6], [1, 1, 2, 2]));
      expect([...gradient.dataSync()]).toEqual([1, 0, 1, 0]);
    });
  });
});

/** log|det| by elimination with pivots, in float64. */
function logAbsDeterminant(rows: number[][]): number {
  const m = rows.map((row) => [...row]);
  let log = 0;
  for (let k = 0; k < m.length; k++) {
    const pivot = m.slice(k).reduce((best, row, i) => (Math.abs(row[k] as number) > Math.abs(m[best]?.[k] as number) ? k + i : best), k);
    [m[k], m[pivot]] = [m[pivot] as number[], m[k] as number[]];
    const top = m[k] as number[];
    log += Math.log(Math.abs(top[k] as number));
    for (const row of m.slice(k + 1)) {
      const factor = (row[k] as number) / (top[k] as number);
      for (let j = k; j < m.length; j++) row[j] = (row[j] as number) - factor * (top[j] as number);
    }
  }
  return log;
}
