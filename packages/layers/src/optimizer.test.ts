import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, mulberry32, uniformTensor } from '@blemish-tools/jest';
import { createAdam } from './create-adam.js';
import { createSgd } from './create-sgd.js';
import type { Optimizer } from './optimizer.js';
import { disposeParams, type Params } from './params.js';

const settings = { learningRate: 2e-3, l2: 1e-2 };

/** One step of each on one number, by the papers' formulas in float64. */
function reference(kind: 'adam' | 'sgd', start: number, gradients: readonly number[]): number {
  let [w, m, v] = [start, 0, 0];
  gradients.forEach((raw, i) => {
    const g = raw + settings.l2 * w;
    if (kind === 'sgd') {
      m = 0.9 * m + g;
      w -= settings.learningRate * m;
      return;
    }
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    w -= (settings.learningRate * m) / (1 - 0.9 ** (i + 1)) / (Math.sqrt(v / (1 - 0.999 ** (i + 1))) + 1e-8);
  });
  return w;
}

/** Takes steps of seeded gradients. */
function run(optimizer: Optimizer, params: Params, from: number, to: number): void {
  for (let step = from; step < to; step++) {
    const grads = Object.fromEntries(Object.entries(params).map(([name, { shape, size }]) => [name, tf.tensor(uniformTensor(step * 10 + size, size, -1, 1), shape)]));
    optimizer.step(params, grads);
    disposeParams(grads);
  }
}

const fresh = (): Params => ({ a: tf.tensor(uniformTensor(1, 6, -1, 1), [2, 3]), b: tf.tensor(uniformTensor(2, 4, -1, 1)) });
const kinds: [string, () => Optimizer][] = [
  ['adam', () => createAdam(settings)],
  ['sgd', () => createSgd({ ...settings, momentum: 0.9 })],
  ['plain sgd', () => createSgd(settings)],
];

describeBackends('optimizers', (backend) => {
  it.each(['adam', 'sgd'] as const)('takes the steps of the formulas, %s', (kind) => {
    const draw = mulberry32(7);
    const gradients = Array.from({ length: 10 }, () => draw() - 0.5);
    const params: Params = { w: tf.tensor1d([0.7]) };
    const optimizer = kind === 'adam' ? createAdam(settings) : createSgd({ ...settings, momentum: 0.9 });
    for (const gradient of gradients) {
      const g = tf.tensor1d([gradient]);
      optimizer.step(params, { w: g });
      g.dispose();
    }
    expectClose(params['w']?.dataSync() ?? [], [reference(kind, 0.7, gradients)], { tolerance: 1e-6, label: `layers ${kind}`, backend });
    optimizer.dispose();
    disposeParams(params);
  });

  it.each(kinds)('goes on from a restored state with the same bits, %s', async (_, create) => {
    const [straight, resumed] = [fresh(), fresh()];
    const [one, two, three] = [create(), create(), create()];
    run(one, straight, 0, 7);
    run(two, resumed, 0, 4);
    three.restore(await two.state());
    run(three, resumed, 4, 7);
    for (const name of Object.keys(straight)) expect(resumed[name]?.dataSync()).toEqual(straight[name]?.dataSync());
    expect((await three.state()).steps).toBe(7);
    [straight, resumed].forEach(disposeParams);
    [one, two, three].forEach((optimizer) => optimizer.dispose());
  });

  it.each(kinds)('holds as many tensors after 30 steps as after 3, %s', (_, create) => {
    const params = fresh();
    const optimizer = create();
    run(optimizer, params, 0, 3);
    const after3 = tf.memory().numTensors;
    run(optimizer, params, 3, 30);
    expect(tf.memory().numTensors).toBe(after3);
    optimizer.dispose();
    disposeParams(params);
  });

  it('leaves a parameter without a gradient as it is', () => {
    const params = fresh();
    const [b, optimizer] = [params['b'], createAdam(settings)];
    const gradient = tf.ones([2, 3]);
    optimizer.step(params, { a: gradient });
    expect(params['b']).toBe(b);
    expect(b?.isDisposed).toBe(false);
    optimizer.dispose();
    disposeParams({ ...params, gradient });
  });

  it('says what does not fit, and moves nothing', () => {
    const params = fresh();
    const [a, optimizer] = [params['a'], createAdam(settings)];
    tf.tidy(() => {
      expect(() => optimizer.step(params, { a: tf.zeros([2, 3]), c: tf.zeros([1]) })).toThrow("parameter 'c': missing");
      expect(() => optimizer.step(params, { a: tf.zeros([2, 3]), b: tf.zeros([5]) })).toThrow("optimizer: 'b' expected shape [4], got [5]");
    });
    optimizer.restore({ steps: 1, arrays: new Map([['m/a', { shape: [6], data: new Float32Array(6) }]]) });
    tf.tidy(() => expect(() => optimizer.step(params, { a: tf.zeros([2, 3]) })).toThrow("optimizer: 'm/a' expected shape [2,3], got [6]"));
    expect(() => optimizer.restore({ steps: 1, arrays: new Map([['momentum/a', { shape: [1], data: [0] }]]) })).toThrow(
      "optimizer state: expected names that begin with m/ or v/, got 'momentum/a'",
    );
    expect(params['a']).toBe(a);
    optimizer.dispose();
    disposeParams(params);
  });
});

