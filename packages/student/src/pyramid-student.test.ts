import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, fullSuite, maxAbs, naiveResNet, norm, numericalGradient, uniformTensor, type NaiveMap, type NaiveParams } from '@blemish-tools/jest';
import { createResNet } from '@blemish/features';
import {
  createRandom,
  createSgd,
  disposeParams,
  paramsToArrays,
  pickParams,
  replaceParams,
  sizeOf,
  trainableNames,
  valueAndGrads,
  type Params,
} from '@blemish/layers';
import { createPyramidStudent } from './pyramid-student.js';
import { pyramidLoss } from './pyramid-loss.js';

const [n, size] = [2, 13];
const student = createPyramidStudent({ variant: 'resnet18', levels: ['layer1', 'layer2'], normalisation: 'none' });
const names = trainableNames(student.specs);
const images = uniformTensor(1, n * size * size * 3, -2, 2);
const input: NaiveMap = { shape: [n, size, size, 3], data: Float64Array.from(images) };
const values: Record<string, Float32Array> = Object.fromEntries(
  Object.entries(student.specs).map(([name, { shape, layout }], i) => {
    const reach = layout === 'filter' ? 1 / Math.sqrt(sizeOf(shape.slice(0, 3))) : 0.3;
    const positive = name.endsWith('running_var') || /(bn\d|downsample\.1)\.weight$/.test(name);
    return [name, uniformTensor(100 + i, sizeOf(shape), positive ? 0.5 : -reach, positive ? 1.5 : reach)];
  }),
);
const makeParams = (): Params =>
  Object.fromEntries(Object.entries(student.specs).map(([name, { shape }]) => [name, tf.tensor(values[name] as Float32Array, [...shape])]));
const shapes = [[n, 4, 4, 64], [n, 2, 2, 128]] as const;
const teacher = shapes.map((shape, i) => uniformTensor(50 + i, sizeOf(shape), -1, 1));

/** The loss by its definition, in float64. */
function naiveLoss(params: NaiveParams): number {
  return naiveResNet(input, params, true).maps.reduce((sum, { shape: [, , , c], data }, level) => {
    const target = teacher[level] as Float32Array;
    const positions = data.length / c;
    for (let p = 0; p < positions; p++) {
      const [t, s] = [target, data].map((map) => {
        const vector = Array.from(map.subarray(p * c, (p + 1) * c));
        const length = Math.hypot(...vector);
        return vector.map((value) => value / length);
      }) as [number[], number[]];
      sum += t.reduce((d, value, k) => d + (value - (s[k] as number)) ** 2, 0) / positions;
    }
    return sum;
  }, 0);
}

const known = new Map<string, number>();
/** The derivative of the loss by one parameter along a direction of +-1, computed once for all backends. */
function slope(name: string, direction: Float32Array): number {
  const point = values[name] as Float32Array;
  const along = (by: number): number => naiveLoss({ ...values, [name]: Float64Array.from(point, (value, i) => value + by * (direction[i] as number)) });
  const result = known.get(name) ?? (numericalGradient(([by = 0]) => along(by), [0], 1e-7)[0] as number);
  known.set(name, result);
  return result;
}

describeBackends('createPyramidStudent', (backend) => {
  let params: Params;
  let x: tf.Tensor4D;
  let target: tf.Tensor4D[];
  beforeAll(() => {
    params = makeParams();
    x = tf.tensor4d(images, [n, size, size, 3]);
    target = teacher.map((map, i) => tf.tensor4d(map, [...(shapes[i] as (typeof shapes)[number])]));
  });
  afterAll(() => tf.dispose([params, x, target]));

  it.each([true, false])('maps as its definition says, training: %p', (training) => {
    const { levels, buffers } = student.apply(params, x, { training });
    const expected = naiveResNet(input, values, training);
    levels.forEach((level, i) => {
      const want = expected.maps[i] as NaiveMap;
      expect(level.shape).toEqual(want.shape);
      expectClose(level.dataSync(), want.data, { tolerance: 1e-5 * maxAbs(want.data), label: 'pyramid fixture maps', backend });
    });
    expect(Object.keys(buffers).sort()).toEqual(Object.keys(expected.buffers).sort());
    for (const [name, value] of Object.entries(buffers)) {
      expectClose(value.dataSync(), expected.buffers[name] ?? [], { tolerance: 1e-5, label: 'pyramid fixture buffers', backend, detail: name });
    }
    tf.dispose([levels, buffers]);
  });

  it('has the gradients of its definition, by every trainable parameter', () => {
    const { value, grads, buffers } = valueAndGrads(() => {
      const { levels, buffers } = student.apply(params, x, { training: true });
      return { loss: pyramidLoss(target, levels, { half: false }), buffers };
    }, pickParams(params, names));
    expect(value.dataSync()[0]).toBeCloseTo(naiveLoss(values), 5);
    expect(Object.keys(grads)).toEqual(names);
    names.forEach((name, i) => {
      const gradient = (grads[name] as tf.Tensor).dataSync<'float32'>();
      const direction = uniformTensor(900 + i, gradient.length, -1, 1).map(Math.sign);
      const actual = gradient.reduce((sum, g, k) => sum + g * (direction[k] as number), 0);
      // Such a sum is about as large as the gradient is long.
      const tolerance = 2e-5 * norm(gradient);
      expectClose([actual], [slope(name, direction)], { tolerance, label: 'pyramid fixture gradients', backend, detail: name });
    });
    tf.dispose([value, grads, buffers]);
  });

  it('gives what the frozen network of its parameters gives', async () => {
    const frozen = createResNet({ variant: 'resnet18', taps: ['layer1', 'layer2'], normalisation: 'none' });
    const arrays = await paramsToArrays(params, student.specs);
    const loaded = frozen.load(arrays as Parameters<typeof frozen.load>[0]);
    const [maps, { levels }] = [frozen.forward(loaded, x), student.apply(params, x, { training: false })];
    maps.forEach((map, i) => {
      const want = (levels[i] as tf.Tensor4D).dataSync();
      expectClose(map.dataSync(), want, { tolerance: 1e-5 * maxAbs(want), label: 'pyramid folded', backend });
    });
    tf.dispose([loaded, maps, levels]);
  });

  // A step takes three seconds in plain JavaScript.
  const steps = backend === 'cpu' && !fullSuite ? it.skip : it;
  steps('holds as many tensors after five steps as after two, and learns', () => {
    const trained = student.init(createRandom(1));
    const sgd = createSgd({ learningRate: 0.1, momentum: 0.9 });
    const step = (): number => {
      const { value, grads, buffers } = valueAndGrads(() => {
        const { levels, buffers } = student.apply(trained, x, { training: true });
        return { loss: pyramidLoss(target, levels, { half: false }), buffers };
      }, pickParams(trained, names));
      sgd.step(trained, grads);
      replaceParams(trained, buffers);
      const loss = value.dataSync()[0] as number;
      tf.dispose([value, grads]);
      return loss;
    };
    const losses = [step(), step()];
    const tensors = tf.memory().numTensors;
    while (losses.length < 5) losses.push(step());
    expect(tf.memory().numTensors).toBe(tensors);
    expect(losses[4]).toBeLessThan(losses[0] as number);
    disposeParams(trained);
    sgd.dispose();
  });
});

describe('createPyramidStudent', () => {
  it('states its levels', () => {
    expect(createPyramidStudent({ variant: 'resnet18', levels: ['layer1', 'layer3'] }).taps).toEqual([
      { name: 'layer1', channels: 64, stride: 4 },
      { name: 'layer3', channels: 256, stride: 16 },
    ]);
  });

  it.each([[[]], [['layer2', 'layer1']], [['layer7']]])('refuses levels %p', (levels) => {
    const build = (): unknown => createPyramidStudent({ variant: 'resnet18', levels: levels as never });
    expect(build).toThrow(`pyramid student: levels should be among layer1, layer2, layer3, layer4, shallow to deep, are [${levels.join(', ')}]`);
  });
});
