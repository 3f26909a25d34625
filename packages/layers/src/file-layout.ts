import type { ParamLayout } from './param-specs.js';

// Notation: O, I: output and input channels; p: position in the kernel, row-major.

/** Shape in files of a parameter whose shape in memory is given. */
export function fileShape(shape: readonly number[], layout: ParamLayout): number[] {
  if (layout === 'plain') return [...shape];
  const [h, w, i, o] = shape as [number, number, number, number];
  return layout === 'filter' ? [o, i, h, w] : [i, o, h, w];
}

/**
 * Values in the order of memory: OIHW to HWIO, or [C,1,h,w] to [h,w,C,1].
 *
 * @param values in the order of files
 * @param shape shape in memory
 */
export function fromFileLayout(values: ArrayLike<number>, shape: readonly number[], layout: ParamLayout): Float32Array {
  if (layout === 'plain') return Float32Array.from(values);
  const [positions, inner, outer] = extents(shape, layout);
  const result = new Float32Array(values.length);
  for (let o = 0, from = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      for (let p = 0; p < positions; p++, from++) result[(p * inner + i) * outer + o] = values[from] as number;
    }
  }
  return result;
}

/** The inverse of `fromFileLayout`. */
export function toFileLayout(values: ArrayLike<number>, shape: readonly number[], layout: ParamLayout): Float32Array {
  if (layout === 'plain') return Float32Array.from(values);
  const [positions, inner, outer] = extents(shape, layout);
  const result = new Float32Array(values.length);
  for (let o = 0, to = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      for (let p = 0; p < positions; p++, to++) result[to] = values[(p * inner + i) * outer + o] as number;
    }
  }
  return result;
}

/** Kernel positions, inner and outer channels; a depthwise filter is one of C outputs with one input each. */
function extents(shape: readonly number[], layout: ParamLayout): [number, number, number] {
  const [h, w, i, o] = shape as [number, number, number, number];
  return layout === 'filter' ? [h * w, i, o] : [h * w, o, i];
}
