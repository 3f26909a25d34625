import * as tf from '@tensorflow/tfjs-core';
import type { Windows } from '../../ops/window.js';
import type { Kernel } from '../kernel.js';
import { executeOne } from './execute.js';

/** packages/engine/native/stem.h */
export const stem: Kernel<'x' | 'filter' | 'bias', Windows & { readonly mean: readonly number[]; readonly std: readonly number[] }> = ({ inputs, attrs, backend }) =>
  tf.tidy(() => {
    const { x, filter, bias } = inputs;
    return executeOne(backend, 'BlemishNativeStem', { settings: { int: windowSettings(attrs) } }, [x, tf.tensor1d([...attrs.mean]), tf.tensor1d([...attrs.std]), filter, bias]);
  });

/** Windows as the operations of native/operations-backbone.cc are told. */
export function windowSettings({ kernel, stride, top, left, outHeight, outWidth }: Windows): number[] {
  return [kernel, stride, top, left, outHeight, outWidth];
}
