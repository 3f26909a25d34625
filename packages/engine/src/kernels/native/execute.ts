import type * as tf from '@tensorflow/tfjs-core';

/** An attribute of a TensorFlow operation, as tfjs-node's addon takes it. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean | string | readonly number[];
}

/** tfjs-node's backend, as far as we call it. */
interface NativeBackend extends tf.KernelBackend {
  readonly binding: Readonly<Record<`TF_${string}`, number>>;
  executeMultipleOutputs(name: string, attributes: readonly Attribute[], inputs: tf.TensorInfo[], outputs: number): tf.Tensor[];
}

/** Attribute values by kind: what `execute` turns into the addon's form. */
export type Attributes = Readonly<
  Record<string, { int: number | readonly number[] } | { float: number } | { bool: boolean } | { string: string } | { type: 'float32' | 'int32' }>
>;

/**
 * Runs any operation of libtensorflow by its name.
 *
 * @param backend tfjs-node's backend
 * @param name the operation, such as `FusedBatchNormV3`
 * @param attributes its attributes by name; those with a default may be left out
 * @param inputs its inputs in order
 * @param outputs how many tensors it gives
 */
export function execute(backend: tf.KernelBackend, name: string, attributes: Attributes, inputs: readonly tf.TensorInfo[], outputs: number): tf.Tensor[] {
  const native = backend as NativeBackend;
  return native.executeMultipleOutputs(name, listAttributes(native.binding, attributes), [...inputs], outputs);
}

/** `execute` for an operation with one output. */
export function executeOne(backend: tf.KernelBackend, name: string, attributes: Attributes, inputs: readonly tf.TensorInfo[]): tf.Tensor {
  return execute(backend, name, attributes, inputs, 1)[0] as tf.Tensor;
}

function listAttributes(binding: NativeBackend['binding'], attributes: Attributes): Attribute[] {
  return Object.entries(attributes).map(([name, attribute]) => {
    const code = (key: `TF_${string}`): number => binding[key] as number;
    if ('int' in attribute) return { name, type: code('TF_ATTR_INT'), value: attribute.int };
    if ('float' in attribute) return { name, type: code('TF_ATTR_FLOAT'), value: attribute.float };
    if ('bool' in attribute) return { name, type: code('TF_ATTR_BOOL'), value: attribute.bool };
    if ('string' in attribute) return { name, type: code('TF_ATTR_STRING'), value: attribute.string };
    return { name, type: code('TF_ATTR_TYPE'), value: code(attribute.type === 'int32' ? 'TF_INT32' : 'TF_FLOAT') };
  });
}
