import * as tf from '@tensorflow/tfjs-core';
import type { Windows } from '../../ops/window.js';
import type { Kernel } from '../kernel.js';
import { executeOne } from './execute.js';
import { windowSettings } from './stem.js';

type Layer = 'expand' | 'depthwise' | 'reduce' | 'excite' | 'project';

/** packages/engine/native/inverted-residual.h */
export const invertedResidual: Kernel<'x' | `${Layer}${'Filter' | 'Bias'}`, Windows & { readonly skip: boolean }> = ({ inputs, attrs, backend }) =>
  tf.tidy(() => {
    const none = tf.tensor1d([]);
    // A block that does not expand brings no tensors for it.
    const { x, expandFilter = none, expandBias = none } = inputs as Partial<typeof inputs> & { readonly x: tf.Tensor };
    const { depthwiseFilter, depthwiseBias, reduceFilter, reduceBias, exciteFilter, exciteBias, projectFilter, projectBias } = inputs;
    const settings = [...windowSettings(attrs), attrs.skip ? 1 : 0];
    return executeOne(backend, 'BlemishNativeInvertedResidual', { settings: { int: settings } }, [
      x, expandFilter, expandBias, depthwiseFilter, depthwiseBias, reduceFilter, reduceBias, exciteFilter, exciteBias, projectFilter, projectBias,
    ]);
  });
