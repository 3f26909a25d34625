import type { Kernel } from '../kernel.js';
import { hostTensor, hostValues } from './host-tensors.js';

/** Row i, column j of the result is row and column of x nearest to (i - pad, j - pad). */
export const replicatePad: Kernel<'x', { pad: number }> = ({ inputs, attrs: { pad }, backend }) => {
  const [n, h, w, c] = inputs.x.shape as [number, number, number, number];
  const output = hostTensor(backend, [n, h + 2 * pad, w + 2 * pad, c]);
  const y = hostValues(backend, output);
  const x = hostValues(backend, inputs.x);
  let to = 0;
  forEachPosition([n, h, w], pad, (position) => {
    for (let k = 0, from = position * c; k < c; k++) y[to++] = x[from++] as number;
  });
  return output;
};

/** The transpose of `replicatePad`: every value of dy goes back to where it came from. */
export const replicatePadGrad: Kernel<'dy', { pad: number }> = ({ inputs, attrs: { pad }, backend }) => {
  const [n, tall, wide, c] = inputs.dy.shape as [number, number, number, number];
  const [h, w] = [tall - 2 * pad, wide - 2 * pad];
  const output = hostTensor(backend, [n, h, w, c]);
  const dx = hostValues(backend, output).fill(0);
  const dy = hostValues(backend, inputs.dy);
  let from = 0;
  forEachPosition([n, h, w], pad, (position) => {
    for (let k = 0, to = position * c; k < c; k++, to++) dx[to] = (dx[to] as number) + (dy[from++] as number);
  });
  return output;
};

/** Calls back for every position of the padded map, in order, with the position of the small map it repeats. */
function forEachPosition([n, h, w]: readonly [number, number, number], pad: number, visit: (position: number) => void): void {
  for (let b = 0; b < n; b++) {
    for (let i = -pad; i < h + pad; i++) {
      const row = (b * h + Math.min(Math.max(i, 0), h - 1)) * w;
      for (let j = -pad; j < w + pad; j++) visit(row + Math.min(Math.max(j, 0), w - 1));
    }
  }
}
