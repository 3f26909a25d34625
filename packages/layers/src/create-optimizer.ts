import * as tf from '@tensorflow/tfjs-core';
import { tensorArithmetic } from './arithmetic.js';
import type { FloatArray } from './named-array.js';
import type { Optimizer } from './optimizer.js';
import { getParam, type Params } from './params.js';
import type { UpdateRule } from './update-rule.js';

/** An optimiser of tensors from the formula of one. */
export function createOptimizer(rule: UpdateRule): Optimizer {
  let steps = 0;
  const slots: Params = {}; // `slot/parameter`
  const slotsOf = (name: string): string[] => rule.slots.map((slot) => `${slot}/${name}`);

  const dispose = (): void => {
    for (const [name, tensor] of Object.entries(slots)) {
      tensor.dispose();
      delete slots[name];
    }
  };

  return {
    step(params, grads) {
      // All is checked before anything moves.
      for (const [name, gradient] of Object.entries(grads)) {
        const value = getParam(params, name);
        check(name, value, gradient);
        for (const slot of slotsOf(name)) check(slot, value, slots[slot] ?? value);
      }
      const ops = tensorArithmetic();
      const update = rule.at(ops, ++steps);
      const fused = rule.fused?.(steps);
      for (const [name, gradient] of Object.entries(grads)) {
        const value = getParam(params, name);
        const names = slotsOf(name);
        // A tidy for each parameter: the temporaries of one are gone before the next.
        const [next, ...fresh] = tf.tidy(() => {
          const old = names.map((slot) => slots[slot] ?? tf.zerosLike(value));
          return [...(fused?.(value, gradient, old) ?? update(value, gradient, old))];
        });
        value.dispose();
        params[name] = tf.keep(next as tf.Tensor);
        fresh.forEach((slot, i) => {
          const at = names[i] as string;
          slots[at]?.dispose();
          slots[at] = tf.keep(slot);
        });
      }
      ops.dispose();
    },
    async state() {
      const arrays = new Map<string, FloatArray>();
      for (const [name, tensor] of Object.entries(slots)) {
        arrays.set(name, { dtype: 'F32', shape: tensor.shape, data: Float32Array.from((await tensor.data()) as Float32Array) });
      }
      return { steps, arrays };
    },
    restore(state) {
      for (const name of state.arrays.keys()) {
        if (!rule.slots.some((slot) => name.startsWith(`${slot}/`))) {
          throw new Error(`optimizer state: expected names that begin with ${rule.slots.join('/ or ')}/, got '${name}'`);
        }
      }
      dispose();
      steps = state.steps;
      for (const [name, { shape, data }] of state.arrays) {
        slots[name] = tf.keep(tf.tensor(Float32Array.from(data as ArrayLike<number>), [...shape], 'float32'));
      }
    },
    dispose,
  };
}

function check(name: string, value: tf.Tensor, other: tf.Tensor): void {
  if (!tf.util.arraysEqual(value.shape, other.shape)) {
    throw new Error(`optimizer: '${name}' expected shape [${value.shape}], got [${other.shape}]`);
  }
}
