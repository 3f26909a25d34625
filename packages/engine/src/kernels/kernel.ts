import * as tf from '@tensorflow/tfjs-core';

/** What TensorFlow.js hands to a kernel: the tensors by name, the attributes, and the backend that runs it. */
export interface KernelCall<Inputs extends string, Attributes> {
  readonly inputs: Readonly<Record<Inputs, tf.Tensor>>;
  readonly attrs: Attributes;
  readonly backend: tf.KernelBackend;
}

/** One operation on one kind of backend; what it allocates beside its results it disposes. */
export type Kernel<Inputs extends string, Attributes> = (
  call: KernelCall<Inputs, Attributes>,
) => tf.TensorInfo | tf.TensorInfo[];

/** Whether the current backend has a kernel of this name. */
export function hasKernel(name: string): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined;
}

/** Runs a kernel on the current backend, recorded for the gradient. */
export function runKernel<Result extends tf.Tensor | tf.Tensor[]>(
  name: string,
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes: object,
): Result {
  return tf.engine().runKernel(name, { ...inputs }, { ...attributes } as tf.NamedAttrMap) as tf.Tensor | tf.Tensor[] as Result;
}
