import type * as tf from '@tensorflow/tfjs-core';
import type { Arithmetic } from './arithmetic.js';

/** One parameter's update: from value, gradient and slots to the new value and the new slots. */
export type Update<T> = (value: T, gradient: T, slots: readonly T[]) => readonly [value: T, ...slots: T[]];

/** The formula of an optimiser. */
export interface UpdateRule {
  /** What it remembers of each parameter, by name; zero at first. */
  readonly slots: readonly string[];
  /** The update of step t, counted from 1. */
  at<T>(ops: Arithmetic<T>, t: number): Update<T>;
  /** The same in one operation; undefined where the backend has none. */
  fused?(t: number): ((...of: Parameters<Update<tf.Tensor>>) => ReturnType<Update<tf.Tensor>> | undefined) | undefined;
}
