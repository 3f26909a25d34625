import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, maxAbs, mulberry32, numericalGradient, uniformTensor } from '@blemish-tools/jest';
import { countParams, createAdam, createRandom, disposeParams, paramsFromArrays, sizeOf, valueAndGrads, type Params } from '@blemish/layers';
import { createConditionalFlow } from './conditional-flow.js';
import { convSubNetwork } from './conv-sub-network.js';
import { likelihoodPerPosition } from './likelihood.js';
import { numpyPermutation } from './numpy-permutation.js';
import { naiveFlow, naiveLoss } from './testing/naive-flow.js';

const [n, h, w, channels, extra] = [2, 3, 2, 5, 4];
const kernels = [3, 5];
const clamp = 1.9;
const permutations = kernels.map((_, k) => numpyPermutation(k, channels));
const flow = createConditionalFlow({
  channels,
  conditionChannels: extra,
  permutations,
  clamp,
  subNetworks: kernels.map((kernel) => convSubNetwork({ hidden: 6, kernel })),
});
/** Values of every parameter in the layout of memory; large enough that the clamp is felt. */
const values = Object.fromEntries(
  Object.entries(flow.specs).map(([name, { shape }], i) => [name, uniformTensor(100 + i, sizeOf(shape), -0.3, 0.5)]),
);
const x = uniformTensor(1, n * h * w * channels, -1.5, 1.5);
const condition = uniformTensor(2, h * w * extra, -1, 1);

function naive(params: typeof values | Record<string, ArrayLike<number>>, input: ArrayLike<number>): ReturnType<typeof naiveFlow> {
  return naiveFlow(
    { params, permutations, kernels, clamp },
    { shape: [n, h, w, channels], data: Float64Array.from(input) },
    { shape: [1, h, w, extra], data: Float64Array.from(condition) },
  );
}

const known = new Map<string, Float64Array>();
/** Of the mean likelihood loss, by the input or one parameter; computed once for all backends. */
function numericalGradients(name: string): Float64Array {
  const loss = (changed: Float64Array): number =>
    naiveLoss(name === 'x' ? naive(values, changed) : naive({ ...values, [name]: changed }, x));
  const gradient = known.get(name) ?? numericalGradient(loss, name === 'x' ? x : (values[name] as Float32Array));
  known.set(name, gradient);
  return gradient;
}

const makeParams = (): Params =>
  Object.fromEntries(Object.entries(flow.specs).map(([name, { shape }]) => [name, tf.tensor(values[name] as Float32Array, [...shape])]));

describeBackends('createConditionalFlow', (backend) => {
  let params: Params;
  let input: tf.Tensor4D;
  let c: tf.Tensor3D;
  beforeAll(() => {
    params = makeParams();
    input = tf.tensor4d(x, [n, h, w, channels]);
    c = tf.tensor3d(condition, [h, w, extra]);
  });
  afterAll(() => {
    disposeParams({ ...params, input, c });
  });

  it('maps as its definition says', () => {
    const expected = naive(values, x);
    const { z, logAbsDet } = flow.forward(params, input, c);
    expectClose(z.dataSync(), expected.z.data, { tolerance: 1e-5 * maxAbs(expected.z.data), label: 'flow fixture z', backend });
    expectClose(logAbsDet.dataSync(), expected.logAbsDet, { tolerance: 1e-5 * maxAbs(expected.logAbsDet), label: 'flow fixture log-determinant', backend });
    tf.dispose([z, logAbsDet]);
  });

  it('has the gradients of its definition', () => {
    const names = ['module_list.3.s1.gamma', 'module_list.3.s2.conv1.bias', 'module_list.5.s1.conv2.bias'];
    const { value, grads } = valueAndGrads(
      () => {
        const { z, logAbsDet } = flow.forward(params, input, c);
        return tf.mean(likelihoodPerPosition(z, logAbsDet));
      },
      { ...params, x: input },
    );
    for (const name of ['x', ...names]) {
      const numerical = numericalGradients(name);
      expectClose(grads[name]?.dataSync() ?? [], numerical, { tolerance: 1e-5 * maxAbs(numerical), label: 'flow fixture gradients', backend, detail: name });
    }
    expect(Object.keys(grads)).toEqual([...Object.keys(flow.specs), 'x']);
    disposeParams({ ...grads, value });
  });

  it('starts as a permutation of channels: gamma is 0', () => {
    const start = flow.init(createRandom(1));
    const { z, logAbsDet } = flow.forward(start, input, c);
    const [first, second] = permutations as [Int32Array, Int32Array];
    const expected = x.map((_, i) => x[i - (i % channels) + (first[second[i % channels] as number] as number)] as number);
    expectClose(z.dataSync(), expected, { tolerance: 0, label: 'flow fixture start', backend });
    expect(Math.max(...logAbsDet.dataSync())).toBe(0);
    disposeParams({ ...start, z, logAbsDet });
  });

  it('holds as many tensors after 30 training steps as after 3, and learns', () => {
    const trained = makeParams();
    const adam = createAdam({ learningRate: 1e-2 });
    const step = (): number => {
      const { value, grads } = valueAndGrads(() => {
        const { z, logAbsDet } = flow.forward(trained, input, c);
        return tf.mean(likelihoodPerPosition(z, logAbsDet));
      }, trained);
      adam.step(trained, grads);
      const loss = value.dataSync()[0] as number;
      disposeParams({ ...grads, value });
      return loss;
    };
    const losses = [step(), step(), step()];
    const tensors = tf.memory().numTensors;
    while (losses.length < 30) losses.push(step());
    expect(tf.memory().numTensors).toBe(tensors);
    expect(losses[29]).toBeLessThan((losses[0] as number) - 1);
    disposeParams(trained);
    adam.dispose();
  });
});

describe('createConditionalFlow', () => {
  const build = (change: Partial<Parameters<typeof createConditionalFlow>[0]>): (() => unknown) => {
    const subNetworks = [convSubNetwork({ hidden: 2, kernel: 3 })];
    return () => createConditionalFlow({ channels: 4, permutations: [[3, 1, 0, 2]], clamp: 1, subNetworks, ...change });
  };

  it('names its parameters as the official checkpoints do, with a condition and without', () => {
    expect(Object.keys(flow.specs).slice(0, 6)).toEqual([
      'module_list.3.s1.gamma',
      'module_list.3.s1.conv1.weight',
      'module_list.3.s1.conv1.bias',
      'module_list.3.s1.conv2.weight',
      'module_list.3.s1.conv2.bias',
      'module_list.3.s2.gamma',
    ]);
    const plain = createConditionalFlow({ channels: 2, permutations: [[1, 0]], clamp: 1, subNetworks: [convSubNetwork({ hidden: 1, kernel: 1 })] });
    expect(Object.keys(plain.specs)[0]).toBe('module_list.2.s1.gamma');
  });

  it("has as many parameters as the official teacher of MVTec 3D-AD's RGB and depth", () => {
    const teacher = createConditionalFlow({
      channels: 368,
      conditionChannels: 32,
      permutations: [0, 1, 2, 3].map((k) => numpyPermutation(k, 368)),
      clamp: 1.9,
      subNetworks: [3, 3, 3, 5].map((kernel) => convSubNetwork({ hidden: 64, kernel })),
    });
    expect(countParams(teacher.specs)).toBe(3_890_568);
  });

  it('rejects what does not fit together', () => {
    expect(build({})).not.toThrow();
    expect(build({ channels: 1 })).toThrow('flow: expected at least 2 channels, got 1');
    expect(build({ permutations: [] })).toThrow('flow: expected a permutation for each of 1 sub-networks, got 0');
    expect(build({ permutations: [[0, 1]] })).toThrow('flow: expected permutation 0 to have 4 channels, got 2');
    expect(build({ permutations: [[0, 1, 1, 3]] })).toThrow('permutation');
    expect(build({ clamp: 0 })).toThrow('clamp: expected a positive number, got 0');
    expect(() => convSubNetwork({ hidden: 1, kernel: 2 })).toThrow('convSubNetwork: expected an odd kernel, got 2');
  });
});

describeBackends('a flow given another input than it was made for', () => {
  it('says what it expected', () => {
    tf.tidy(() => {
      const draw = mulberry32(1);
      const arrays = Object.entries(flow.specs).map(([name, { shape }]) => [name, { shape, data: [draw()] }] as const);
      expect(() => paramsFromArrays(arrays, flow.specs)).toThrow('expected shape');
      const params = makeParams();
      const c = tf.zeros<tf.Rank.R3>([h, w, extra]);
      expect(() => flow.forward(params, tf.zeros<tf.Rank.R4>([1, h, w, 6]), c)).toThrow('5 channels, got 6');
      expect(() => flow.forward(params, tf.zeros<tf.Rank.R4>([1, h, w, channels]))).toThrow('expected a condition of 4 channels, got 0');
    });
  });
});
