import * as tf from '@tensorflow/tfjs-core';
import type { Params } from './params.js';
import { sizeOf, type ParamSpec, type ParamSpecs } from './param-specs.js';
import type { Random } from './random.js';

/**
 * Starting values. Each parameter draws from a stream derived by its own name, so that a value does not depend on which
 * other parameters there are.
 *
 * @returns a new record; the caller disposes it
 */
export function initParams(specs: ParamSpecs, random: Random): Params {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, initial(spec, random.derive(name))]));
}

function initial({ shape, initial }: ParamSpec, random: Random): tf.Tensor {
  if (typeof initial === 'number') return tf.fill([...shape], initial);
  return tf.tensor(random.uniform(-initial.bound, initial.bound, sizeOf(shape)), [...shape], 'float32');
}
