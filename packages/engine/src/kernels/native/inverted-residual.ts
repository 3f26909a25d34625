import * as tf from '@tensorflow/tfjs-core';
import type { Windows } from '../../ops/window.js';
import type { Kernel } from '../kernel.js';
import { executeOne } from './execute.js';
import { windowSettings } from './stem.js';

type Inputs<Layer extends string> = `${Layer}${'Filter' | 'Bias'}`;
type AfterExpansion = Inputs<'depthwise' | 'reduce' | 'excite' | 'project'>;

/** packages/engine/native/inverted-residual.h */
export const invertedResidual: Kernel<'x' | Inputs<'expand'> | AfterExpansion, Windows & { readonly skip: boolean }> = ({ inputs, attrs, backend }) =>
  tf.tidy(() => {
    const none = tf.tensor1d([]);
    // A block that does not expand brings no tensors for it.
    const { x, expandFilter = none, expandBias = none } = inputs as Partial<typeof inputs> & { readonly x: tf.Tensor };
    const settings = [...windowSettings(attrs), attrs.skip ? 1 : 0];
    return executeOne(backend, 'BlemishNativeInvertedResidual', { settings: { int: settings } }, [x, expandFilter, expandBias, ...afterExpansion(inputs)]);
  });

interface StemBlockAttributes {
  readonly stem: Windows;
  readonly block: Windows;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** The same on the output of a stem, row by row. */
export const stemInvertedResidual: Kernel<'x' | Inputs<'stem'> | AfterExpansion, StemBlockAttributes> = ({ inputs, attrs, backend }) =>
  tf.tidy(() => {
    const { x, stemFilter, stemBias } = inputs;
    const settings = [...windowSettings(attrs.block), ...windowSettings(attrs.stem)];
    return executeOne(backend, 'BlemishNativeStemBlock', { settings: { int: settings } }, [
      x, tf.tensor1d([...attrs.mean]), tf.tensor1d([...attrs.std]), stemFilter, stemBias, ...afterExpansion(inputs),
    ]);
  });

function afterExpansion(inputs: Readonly<Record<AfterExpansion, tf.Tensor>>): tf.Tensor[] {
  const { depthwiseFilter, depthwiseBias, reduceFilter, reduceBias, exciteFilter, exciteBias, projectFilter, projectBias } = inputs;
  return [depthwiseFilter, depthwiseBias, reduceFilter, reduceBias, exciteFilter, exciteBias, projectFilter, projectBias];
}
