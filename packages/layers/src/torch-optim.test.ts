import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, describeShared, expectClose, maxAbs } from '@blemish-tools/jest';
import type { Arithmetic } from './arithmetic.js';
import { adamRule } from './create-adam.js';
import { createOptimizer } from './create-optimizer.js';
import { sgdRule } from './create-sgd.js';
import { disposeParams, type Params } from './params.js';
import type { UpdateRule } from './update-rule.js';

const rules: [string, UpdateRule][] = [
  ['adam lr=2e-4 betas=(0.9,0.999) eps=1e-8 weight_decay=1e-5 (AST)', adamRule({ learningRate: 2e-4, l2: 1e-5 })],
  ['adam lr=2e-4 no weight decay', adamRule({ learningRate: 2e-4 })],
  ['adam lr=1e-3 weight_decay=0.1 (L2)', adamRule({ learningRate: 1e-3, l2: 0.1 })],
  ['sgd lr=0.4 momentum=0.9 weight_decay=1e-4 (STFPM)', sgdRule({ learningRate: 0.4, momentum: 0.9, l2: 1e-4 })],
  ['adam lr=1e-4 weight_decay=1e-5 (Uninformed Students paper)', adamRule({ learningRate: 1e-4, l2: 1e-5 })],
];

describeShared('the steps of torch.optim', 'golden/optim/optim.json', (path) => {
  const golden = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly w0: number[];
    readonly grads: readonly number[][];
    readonly trajectories: Readonly<Record<string, readonly number[][]>>;
  };
  const { w0, grads, trajectories } = golden;

  describe('in float64', () => {
    it.each(rules)('%s', (name, rule) => {
      let w: readonly number[] = w0;
      let slots: (readonly number[])[] = rule.slots.map(() => w0.map(() => 0));
      grads.forEach((gradient, i) => {
        [w, ...slots] = rule.at(float64, i + 1)(w, gradient, slots);
        expectClose(w, trajectories[name]?.[i] ?? [], { tolerance: 1e-12, label: `optim ${name}, float64`, backend: 'pure', detail: `step ${i + 1}` });
      });
    });
  });

  describeBackends('in float32', (backend) => {
    it.each(rules)('%s', (name, rule) => {
      const params: Params = { w: tf.tensor1d(w0) };
      const optimizer = createOptimizer(rule);
      grads.forEach((gradient, i) => {
        const g = tf.tensor1d(gradient);
        optimizer.step(params, { w: g });
        g.dispose();
        const expected = trajectories[name]?.[i] ?? [];
        // Gradient descent takes its weights to 12, where float32 itself is 1e-6 apart: there the tolerance is relative.
        const tolerance = name.startsWith('sgd') ? 1e-6 * maxAbs(expected) : 1e-6;
        expectClose(params['w']?.dataSync() ?? [], expected, { tolerance, label: `optim ${name}`, backend, detail: `step ${i + 1}` });
      });
      optimizer.dispose();
      disposeParams(params);
    });
  });
});

const zip = (a: readonly number[], b: readonly number[], f: (x: number, y: number) => number): number[] => a.map((x, i) => f(x, b[i] as number));

const float64: Arithmetic<readonly number[]> = {
  add: (a, b) => zip(a, b, (x, y) => x + y),
  sub: (a, b) => zip(a, b, (x, y) => x - y),
  div: (a, b) => zip(a, b, (x, y) => x / y),
  square: (a) => a.map((x) => x * x),
  sqrt: (a) => a.map(Math.sqrt),
  scale: (a, factor) => a.map((x) => x * factor),
  shift: (a, summand) => a.map((x) => x + summand),
};
