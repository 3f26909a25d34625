import type * as tf from '@tensorflow/tfjs-core';

/**
 * Tensors of a network by the names of its origin, such as `conv1.weight`. Convolution filters are HWIO, depthwise ones
 * [h,w,C,1]. An optimiser replaces entries of this record; who made the record disposes what is in it.
 */
export type Params = Record<string, tf.Tensor>;

/**
 * One parameter by name.
 *
 * @throws Error if there is none of that name
 */
export function getParam<T extends tf.Tensor = tf.Tensor>(params: Readonly<Params>, name: string): T {
  const value = params[name];
  if (value === undefined) throw new Error(`parameter '${name}': missing`);
  return value as T;
}

/** Some of the parameters, as a record of their own that shares the tensors. */
export function pickParams(params: Readonly<Params>, names: Iterable<string>): Params {
  return Object.fromEntries(Array.from(names, (name) => [name, getParam(params, name)]));
}

/** Replaces entries of `params` by those of `values`, disposing the old ones; `params` owns the new tensors. */
export function replaceParams(params: Params, values: Readonly<Params>): void {
  for (const [name, value] of Object.entries(values)) {
    params[name]?.dispose();
    params[name] = value;
  }
}

/** Disposes every tensor. */
export function disposeParams(params: Readonly<Params>): void {
  for (const value of Object.values(params)) value.dispose();
}
