import type { CoupleAttributes } from '../../ops/couple.js';
import type { Kernel } from '../kernel.js';
import { execute } from './execute.js';

export const couple: Kernel<'x' | 'r', CoupleAttributes> = ({ inputs: { x, r }, attrs, backend }) =>
  execute(backend, 'BlemishNativeCouple', { number: { float: attrs.clamp } }, [x, r], 2);

export const coupleGrad: Kernel<'x' | 'r' | 'dy' | 'dj', CoupleAttributes> = ({ inputs: { x, r, dy, dj }, attrs, backend }) =>
  execute(backend, 'BlemishNativeCoupleGrad', { number: { float: attrs.clamp } }, [x, r, dy, dj], 2);
