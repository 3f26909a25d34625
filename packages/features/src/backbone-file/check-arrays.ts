import type { NamedWeights } from '../backbone.js';

/**
 * Checks what every backbone's arrays must be; shapes are the network's, and checked as it loads them.
 *
 * @throws Error in one line: no array at all, one that is not floating point, NaN or infinity
 */
export function checkArrays(weights: NamedWeights, source: string): void {
  if (weights.size === 0) throw new Error(`${source}: expected a backbone's arrays, got none`);
  for (const [name, { dtype, data }] of weights) {
    if (!['F64', 'F32', 'F16', 'BF16'].includes(dtype)) throw new Error(`${source}: expected '${name}' to be floating point, is ${dtype}`);
    const at = (data as Float32Array).findIndex((value) => !Number.isFinite(value));
    if (at >= 0) throw new Error(`${source}: expected '${name}' to hold numbers, holds ${String(data[at])} at ${at}`);
  }
}
