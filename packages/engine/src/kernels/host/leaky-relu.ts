import type { Kernel } from '../kernel.js';
import { hostTensor, hostValues } from './host-tensors.js';

/** y = x where x > 0, alpha * x elsewhere. */
export const leakyRelu: Kernel<'x', { alpha: number }> = ({ inputs, attrs: { alpha }, backend }) => {
  const output = hostTensor(backend, inputs.x.shape);
  const y = hostValues(backend, output);
  const x = hostValues(backend, inputs.x);
  for (let i = 0; i < x.length; i++) y[i] = (x[i] as number) > 0 ? (x[i] as number) : (x[i] as number) * alpha;
  return output;
};

/** dx = dy where y > 0, alpha * dy elsewhere: y has the sign of x. */
export const leakyReluGrad: Kernel<'dy' | 'y', { alpha: number }> = ({ inputs, attrs: { alpha }, backend }) => {
  const output = hostTensor(backend, inputs.dy.shape);
  const dx = hostValues(backend, output);
  const dy = hostValues(backend, inputs.dy);
  const y = hostValues(backend, inputs.y);
  for (let i = 0; i < dy.length; i++) dx[i] = (y[i] as number) > 0 ? (dy[i] as number) : (dy[i] as number) * alpha;
  return output;
};
