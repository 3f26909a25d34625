import { sizeOf, type ParamSpec } from './param-specs.js';
import type { Random } from './random.js';

/** The values that a parameter starts with, in any order: as many as its shape has. */
export function drawInitial({ shape, initial }: Pick<ParamSpec, 'shape' | 'initial'>, random: Random): Float32Array {
  const count = sizeOf(shape);
  if (typeof initial === 'number') return new Float32Array(count).fill(initial);
  return 'bound' in initial ? random.uniform(-initial.bound, initial.bound, count) : random.normal(0, initial.deviation, count);
}
