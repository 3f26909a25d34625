import * as tf from '@tensorflow/tfjs-core';

/** What the update of an optimiser is written in, element by element, over tensors or any other array. */
export interface Arithmetic<T> {
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  div(a: T, b: T): T;
  square(a: T): T;
  sqrt(a: T): T;
  /** `a * factor` */
  scale(a: T, factor: number): T;
  /** `a + summand` */
  shift(a: T, summand: number): T;
}

/** Arithmetic of tensors in float32, and the release of the numbers that became tensors for it. */
export interface TensorArithmetic extends Arithmetic<tf.Tensor> {
  dispose(): void;
}

/** Makes each number that it is given a tensor once, however many parameters use it. */
export function tensorArithmetic(): TensorArithmetic {
  const scalars = new Map<number, tf.Scalar>();
  const scalar = (value: number): tf.Scalar => {
    const known = scalars.get(value) ?? tf.keep(tf.scalar(value));
    scalars.set(value, known);
    return known;
  };
  return {
    add: (a, b) => tf.add(a, b),
    sub: (a, b) => tf.sub(a, b),
    div: (a, b) => tf.div(a, b),
    square: (a) => tf.square(a),
    sqrt: (a) => tf.sqrt(a),
    scale: (a, factor) => tf.mul(a, scalar(factor)),
    shift: (a, summand) => tf.add(a, scalar(summand)),
    dispose: () => tf.dispose([...scalars.values()]),
  };
}
