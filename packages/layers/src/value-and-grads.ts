import * as tf from '@tensorflow/tfjs-core';
import { disposeParams, type Params } from './params.js';

/** What a loss function may return: the loss alone, or with tensors to keep, such as new running statistics. */
export type Loss = tf.Scalar | { readonly loss: tf.Scalar; readonly buffers: Readonly<Params> };

/** A loss, its gradients, and the tensors kept from computing it; the caller disposes all of them. */
export interface ValueAndGrads {
  readonly value: tf.Scalar;
  /** By parameter name. A parameter that the loss does not depend on has no entry. */
  readonly grads: Params;
  readonly buffers: Params;
}

/**
 * Value and gradients of a loss.
 *
 * @param loss computes the loss from the very tensors in `params`
 * @param params what to differentiate by; leave out what is not trained (`pickParams`)
 */
export function valueAndGrads(loss: () => Loss, params: Readonly<Params>): ValueAndGrads {
  const names = Object.keys(params);
  let buffers: Params = {};
  const forward = (): tf.Scalar => {
    const result = loss();
    if (result instanceof tf.Tensor) return result as tf.Scalar;
    const { loss: value, buffers: extra } = result as Exclude<Loss, tf.Tensor>;
    buffers = { ...extra };
    // The forward pass runs in a scope of its own, which would dispose them.
    for (const tensor of Object.values(buffers)) tf.keep(tensor);
    return value;
  };
  try {
    const { value, grads } = tf.engine().gradients(forward, Object.values(params), undefined, true);
    const found = names.flatMap((name, i) => (grads[i] === undefined || grads[i] === null ? [] : [[name, grads[i]] as const]));
    return { value, grads: Object.fromEntries(found), buffers };
  } catch (error) {
    disposeParams(buffers);
    throw error;
  }
}
