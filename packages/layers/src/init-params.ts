import * as tf from '@tensorflow/tfjs-core';
import { drawInitial } from './draw-initial.js';
import type { Params } from './params.js';
import type { ParamSpec, ParamSpecs } from './param-specs.js';
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

function initial(spec: ParamSpec, random: Random): tf.Tensor {
  const { shape, initial } = spec;
  return typeof initial === 'number' ? tf.fill([...shape], initial) : tf.tensor(drawInitial(spec, random), [...shape], 'float32');
}
