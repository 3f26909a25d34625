import type { Kernel } from '../kernel.js';
import { executeOne } from './execute.js';

/**
 * libtensorflow's SoftplusGrad(g, x) = g / (1 + exp(-x)), at g = x, is swish in one pass over memory; sigmoid and product
 * take three times as long.
 */
export const swish: Kernel<'x', object> = ({ inputs: { x }, backend }) => executeOne(backend, 'SoftplusGrad', { T: { type: 'float32' } }, [x, x]);
