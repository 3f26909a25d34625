import type { Kernel } from '../kernel.js';
import { executeOne } from './execute.js';

/** y[...,i] = x[...,permutation[i]], value by value within a position: one pass in place of three. */
export const permuteChannelsDirectly: Kernel<'x', { permutation: Int32Array }> = ({ inputs: { x }, attrs: { permutation }, backend }) =>
  executeOne(backend, 'BlemishNativePermute', { settings: { int: [...permutation] } }, [x]);
