import * as tf from '@tensorflow/tfjs-core';
import type { FloatArray } from './named-array.js';
import type { Optimizer } from './optimizer.js';
import { getParam, type Params } from './params.js';

/** One parameter's update: its new value, and its new slots in their order. */
export type Update = (value: tf.Tensor, gradient: tf.Tensor, slots: readonly tf.Tensor[]) => readonly [tf.Tensor, ...tf.Tensor[]];

/**
 * An optimiser from the update of one parameter.
 *
 * @param slotNames what it remembers of each parameter, zero at first
 * @param updateAt the update of step t, counted from 1; called once a step, inside a tidy
 */
export function createOptimizer(slotNames: readonly string[], updateAt: (t: number) => Update): Optimizer {
  let steps = 0;
  const slots: Params = {}; // `slot/parameter`

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
        for (const slot of slotNames.map((slot) => `${slot}/${name}`)) check(slot, value, slots[slot] ?? value);
      }
      steps++;
      tf.tidy(() => {
        const update = updateAt(steps);
        for (const [name, gradient] of Object.entries(grads)) {
          const names = slotNames.map((slot) => `${slot}/${name}`);
          const value = getParam(params, name);
          const old = names.map((slot) => slots[slot]);
          // A tidy of its own for each parameter: the temporaries of one are gone before the next.
          const [next, ...fresh] = tf.tidy(() => [...update(value, gradient, old.map((slot) => slot ?? tf.zerosLike(value)))]);
          value.dispose();
          params[name] = tf.keep(next as tf.Tensor);
          fresh.forEach((slot, i) => {
            old[i]?.dispose();
            slots[names[i] as string] = tf.keep(slot);
          });
        }
      });
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
        if (!slotNames.some((slot) => name.startsWith(`${slot}/`))) {
          throw new Error(`optimizer state: expected names that begin with ${slotNames.join('/ or ')}/, got '${name}'`);
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
