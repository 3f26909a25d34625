import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, maxAbs, numericalGradient, uniformTensor, type NaiveMap } from '@blemish-tools/jest';
import { countParams, createAdam, createRandom, disposeParams, sizeOf, trainableNames, type Params } from '@blemish/layers';
import { createAstStudent, isUnusedByAstStudent } from './ast-student.js';
import { naiveStudent, type NaiveParams } from './testing/naive-student.js';
import { studentGradients } from './testing/student-gradients.js';
import { studentStep } from './testing/training-steps.js';

const [n, h, w, channels, extra] = [2, 3, 3, 3, 4];
const size = { blocks: 2, slope: 0.2 };
const student = createAstStudent({ channels, conditionChannels: extra, hidden: 4, ...size });
const x = uniformTensor(1, n * h * w * channels, -1, 1);
const condition = uniformTensor(2, h * w * extra, -1, 1);
const teacher = uniformTensor(3, x.length, -1, 1);
const values: Record<string, Float32Array> = Object.fromEntries(
  Object.entries(student.specs).map(([name, { shape }], i) => {
    const positive = name.endsWith('running_var') || /bn.\.weight$/.test(name);
    return [name, uniformTensor(100 + i, sizeOf(shape), positive ? 0.5 : -0.5, positive ? 1.5 : 0.5)];
  }),
);
const makeParams = (): Params =>
  Object.fromEntries(Object.entries(student.specs).map(([name, { shape }]) => [name, tf.tensor(values[name] as Float32Array, [...shape])]));

function naive(params: NaiveParams, input: ArrayLike<number>, training: boolean): ReturnType<typeof naiveStudent> {
  const data = new Float64Array(n * h * w * (extra + channels));
  for (let p = 0; p < n * h * w; p++) {
    const at = p * (extra + channels);
    data.set(condition.subarray((p % (h * w)) * extra, ((p % (h * w)) + 1) * extra), at);
    data.set(Array.from(input).slice(p * channels, (p + 1) * channels), at + extra);
  }
  return naiveStudent(params, { shape: [n, h, w, extra + channels], data }, { ...size, training });
}

const naiveLoss = ({ data }: NaiveMap): number => data.reduce((sum, value, i) => sum + (value - (teacher[i] as number)) ** 2, 0) / data.length;

const known = new Map<string, Float64Array>();
/** Of the mean distance in training, by the input or one parameter; computed once for all backends. */
function numericalGradients(name: string): Float64Array {
  const loss = (changed: Float64Array): number =>
    naiveLoss((name === 'x' ? naive(values, changed, true) : naive({ ...values, [name]: changed }, x, true)).y);
  const gradient = known.get(name) ?? numericalGradient(loss, name === 'x' ? x : (values[name] as Float32Array));
  known.set(name, gradient);
  return gradient;
}

describeBackends('createAstStudent', (backend) => {
  let params: Params;
  let input: tf.Tensor4D;
  let c: tf.Tensor3D;
  let z: tf.Tensor4D;
  beforeAll(() => {
    params = makeParams();
    [input, z] = [tf.tensor4d(x, [n, h, w, channels]), tf.tensor4d(teacher, [n, h, w, channels])];
    c = tf.tensor3d(condition, [h, w, extra]);
  });
  afterAll(() => disposeParams({ ...params, input, c, z }));

  it.each([true, false])('maps as its definition says, training: %p', (training) => {
    const { y, buffers } = student.apply(params, input, c, { training });
    const expected = naive(values, x, training);
    expectClose(y.dataSync(), expected.y.data, { tolerance: 1e-5 * maxAbs(expected.y.data), label: 'student fixture y', backend });
    expect(Object.keys(buffers).sort()).toEqual(Object.keys(expected.buffers).sort());
    for (const [name, value] of Object.entries(buffers)) {
      expectClose(value.dataSync(), expected.buffers[name] ?? [], { tolerance: 1e-6, label: 'student fixture buffers', backend, detail: name });
    }
    y.dispose();
    disposeParams(buffers);
  });

  it('has the gradients of its definition, by every trainable parameter', () => {
    const { loss, grads, buffers } = studentGradients(student, params, { x: input, condition: c, teacher: z, training: true });
    expect(loss).toBeCloseTo(naiveLoss(naive(values, x, true).y), 5);
    expect(Object.keys(grads)).toEqual([...trainableNames(student.specs), 'x']);
    for (const name of ['x', 'conv1.bias', 'res.0.bn1.weight', 'res.1.bn2.bias', 'res.0.l1.bias', 'conv2.bias', 'conv2.weight']) {
      const numerical = numericalGradients(name);
      const tolerance = 5e-5 * Math.max(0.01, maxAbs(numerical)); // batch normalisation over 18 positions
      expectClose(grads[name]?.dataSync() ?? [], numerical, { tolerance, label: 'student fixture gradients', backend, detail: name });
    }
    [grads, buffers].forEach(disposeParams);
  });

  it('holds as many tensors after 30 training steps as after 3, and learns', () => {
    const trained = student.init(createRandom(1));
    const adam = createAdam({ learningRate: 1e-2 });
    const mask = tf.ones<tf.Rank.R3>([n, h, w]);
    const condition = tf.expandDims<tf.Tensor4D>(c, 0);
    const step = (): number => studentStep(student, trained, adam, { x: input, mask, z }, condition);
    const losses = [step(), step(), step()];
    const tensors = tf.memory().numTensors;
    while (losses.length < 30) losses.push(step());
    expect(tf.memory().numTensors).toBe(tensors);
    expect(losses[29]).toBeLessThan((losses[0] as number) / 2);
    disposeParams({ ...trained, mask, condition });
    adam.dispose();
  });
});

describe('createAstStudent', () => {
  it('has as many parameters as the paper says, 82.6 million', () => {
    const { specs } = createAstStudent({ channels: 368, conditionChannels: 32, hidden: 1024, blocks: 4 });
    expect(countParams(specs) + 1).toBe(82_601_329); // the official count has a gamma that nothing reads
  });

  it('knows which names of an official checkpoint it has no use for', () => {
    expect(['gamma', 'res.3.bn2.num_batches_tracked', 'conv1.weight', 'res.0.gamma'].filter(isUnusedByAstStudent)).toEqual([
      'gamma',
      'res.3.bn2.num_batches_tracked',
    ]);
  });
});
