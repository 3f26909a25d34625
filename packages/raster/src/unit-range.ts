import { kernelBytes, openKernels, type Kernels } from './open-kernels.js';
import { unitRangeWasm } from './unit-range-wasm.js';

/** Levels of a strip, which stays in a processor's first caches with its numbers. */
const strip = 2 ** 13;

let kernels: Kernels<'unit'> | undefined;
let tried = false;

/**
 * Levels 0..255 as numbers in [0,1], the input of networks: for each the float32 nearest to level / 255, as NumPy's and
 * PyTorch's float32 division gives it.
 *
 * @param target where they go, one for each level; new memory where absent
 * @returns `target`
 */
export function unitRange(levels: Uint8Array, target: Float32Array = new Float32Array(levels.length)): Float32Array {
  if (target.length !== levels.length) throw new Error(`unitRange: expected room for ${levels.length} values, got ${target.length}`);
  if (!tried) [kernels, tried] = [openKernels(unitRangeWasm), true];
  if (kernels === undefined) unitRangePlain(levels, target);
  else throughKernel(kernels, levels, target);
  return target;
}

/** The same in plain code: division in float64, rounded once more, gives the same float32. */
export function unitRangePlain(levels: Uint8Array, target: Float32Array): void {
  for (let i = 0; i < target.length; i++) target[i] = (levels[i] as number) / 255;
}

function throughKernel(opened: Kernels<'unit'>, levels: Uint8Array, target: Float32Array): void {
  const memory = kernelBytes(opened, 5 * strip);
  const numbers = new Float32Array(memory.buffer, strip, strip);
  for (let from = 0; from < levels.length; from += strip) {
    const part = levels.subarray(from, from + strip);
    memory.set(part);
    opened.unit(0, strip, part.length);
    target.set(part.length === strip ? numbers : numbers.subarray(0, part.length), from);
  }
}
