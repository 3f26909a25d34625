import type { Kernel } from '../kernel.js';
import { executeOne } from './execute.js';

export const leakyRelu: Kernel<'x', { alpha: number }> = ({ inputs, attrs: { alpha }, backend }) =>
  alpha === 0
    ? executeOne(backend, 'Relu', { T: { type: 'float32' } }, [inputs.x])
    : executeOne(backend, 'LeakyRelu', { T: { type: 'float32' }, alpha: { float: alpha } }, [inputs.x]);

/** Both gradient operations take the outputs as well as the inputs: the sign is the same. */
export const leakyReluGrad: Kernel<'dy' | 'y', { alpha: number }> = ({ inputs: { dy, y }, attrs: { alpha }, backend }) =>
  alpha === 0
    ? executeOne(backend, 'ReluGrad', { T: { type: 'float32' } }, [dy, y])
    : executeOne(backend, 'LeakyReluGrad', { T: { type: 'float32' }, alpha: { float: alpha } }, [dy, y]);
