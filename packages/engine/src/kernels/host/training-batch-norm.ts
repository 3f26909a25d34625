import type { Kernel } from '../kernel.js';
import { hostTensor, hostValues } from './host-tensors.js';

// Notation: x, y [P,C], P = N*H*W positions; m, v: mean and biased variance [C]; g, b: scale and offset [C];
// e: epsilon; r = 1/sqrt(v + e); xh = (x - m) * r. Sums run in float64.

/** y = g * xh + b; gives y, m, v. */
export const trainingBatchNorm: Kernel<'x' | 'scale' | 'offset', { epsilon: number }> = ({ inputs, attrs, backend }) => {
  const c = inputs.scale.size;
  const p = inputs.x.size / c;
  const outputs = [hostTensor(backend, inputs.x.shape), hostTensor(backend, [c]), hostTensor(backend, [c])] as const;
  const [y, mean, variance] = outputs.map((output) => hostValues(backend, output)) as [Float32Array, Float32Array, Float32Array];
  const x = hostValues(backend, inputs.x);
  const g = hostValues(backend, inputs.scale);
  const b = hostValues(backend, inputs.offset);

  const m = new Float64Array(c);
  for (let i = 0, at = 0; i < p; i++) for (let j = 0; j < c; j++, at++) m[j] = (m[j] as number) + (x[at] as number);
  for (let j = 0; j < c; j++) m[j] = (m[j] as number) / p;

  const v = new Float64Array(c);
  for (let i = 0, at = 0; i < p; i++) {
    for (let j = 0; j < c; j++, at++) {
      const d = (x[at] as number) - (m[j] as number);
      v[j] = (v[j] as number) + d * d;
    }
  }

  const slope = new Float64Array(c);
  for (let j = 0; j < c; j++) {
    v[j] = (v[j] as number) / p;
    slope[j] = (g[j] as number) / Math.sqrt((v[j] as number) + attrs.epsilon);
  }
  for (let i = 0, at = 0; i < p; i++) {
    for (let j = 0; j < c; j++, at++) y[at] = ((x[at] as number) - (m[j] as number)) * (slope[j] as number) + (b[j] as number);
  }
  mean.set(m);
  variance.set(v);
  return [...outputs];
};

/** dx = g*r * (dy - mean(dy) - xh * mean(dy*xh)), dg = sum(dy*xh), db = sum(dy) (Ioffe and Szegedy 2015, section 3). */
export const trainingBatchNormGrad: Kernel<'dy' | 'x' | 'scale' | 'mean' | 'variance', { epsilon: number }> = ({ inputs, attrs, backend }) => {
  const c = inputs.scale.size;
  const p = inputs.x.size / c;
  const outputs = [hostTensor(backend, inputs.x.shape), hostTensor(backend, [c]), hostTensor(backend, [c])] as const;
  const [dx, dScale, dOffset] = outputs.map((output) => hostValues(backend, output)) as [Float32Array, Float32Array, Float32Array];
  const dy = hostValues(backend, inputs.dy);
  const x = hostValues(backend, inputs.x);
  const g = hostValues(backend, inputs.scale);
  const m = hostValues(backend, inputs.mean);
  const v = hostValues(backend, inputs.variance);

  const sum = new Float64Array(c); // of dy
  const product = new Float64Array(c); // of dy * (x - m)
  for (let i = 0, at = 0; i < p; i++) {
    for (let j = 0; j < c; j++, at++) {
      sum[j] = (sum[j] as number) + (dy[at] as number);
      product[j] = (product[j] as number) + (dy[at] as number) * ((x[at] as number) - (m[j] as number));
    }
  }

  const slope = new Float64Array(c);
  const along = new Float64Array(c);
  for (let j = 0; j < c; j++) {
    const r = 1 / Math.sqrt((v[j] as number) + attrs.epsilon);
    slope[j] = (g[j] as number) * r;
    along[j] = ((product[j] as number) * r * r) / p;
    dScale[j] = (product[j] as number) * r;
    dOffset[j] = sum[j] as number;
    sum[j] = (sum[j] as number) / p;
  }
  for (let i = 0, at = 0; i < p; i++) {
    for (let j = 0; j < c; j++, at++) {
      const d = (x[at] as number) - (m[j] as number);
      dx[at] = (slope[j] as number) * ((dy[at] as number) - (sum[j] as number) - d * (along[j] as number));
    }
  }
  return [...outputs];
};
