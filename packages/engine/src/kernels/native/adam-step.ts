import * as tf from '@tensorflow/tfjs-core';
import type { AdamFactors } from '../../ops/adam-step.js';
import type { Kernel } from '../kernel.js';
import { execute } from './execute.js';

/** The factors change with every step, so that they are an input: TensorFlow keeps a kernel for each set of attributes. */
export const adamStep: Kernel<'w' | 'g' | 'm' | 'v', AdamFactors> = ({ inputs: { w, g, m, v }, attrs: { beta1, beta2, a, e, l2 }, backend }) =>
  tf.tidy(() => execute(backend, 'BlemishNativeAdam', {}, [w, g, m, v, tf.tensor1d([beta1, beta2, a, e, l2])], 3));
