import type { MaxPoolAttributes } from '../../ops/max-pool.js';
import type { Kernel } from '../kernel.js';
import { executeOne, type Attributes } from './execute.js';

export const maxPool: Kernel<'x', MaxPoolAttributes> = ({ inputs, attrs, backend }) => executeOne(backend, 'BlemishNativeMaxPool', attributes(attrs), [inputs.x]);

export const maxPoolGrad: Kernel<'x' | 'y' | 'dy', MaxPoolAttributes> = ({ inputs: { x, y, dy }, attrs, backend }) =>
  executeOne(backend, 'BlemishNativeMaxPoolGrad', attributes(attrs), [x, y, dy]);

function attributes({ kernel, stride, pad }: MaxPoolAttributes): Attributes {
  return { settings: { int: [kernel, stride, pad] }, number: { float: 0 } };
}
