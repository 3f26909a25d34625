import type { Kernel } from '../kernel.js';
import { hostTensor, hostValues } from './host-tensors.js';

/** y[...,i] = x[...,permutation[i]]. */
export const permuteChannels: Kernel<'x', { permutation: Int32Array }> = ({ inputs, attrs: { permutation }, backend }) => {
  const output = hostTensor(backend, inputs.x.shape);
  const y = hostValues(backend, output);
  const x = hostValues(backend, inputs.x);
  const c = permutation.length;
  for (let at = 0; at < x.length; at += c) {
    for (let i = 0; i < c; i++) y[at + i] = x[at + (permutation[i] as number)] as number;
  }
  return output;
};
