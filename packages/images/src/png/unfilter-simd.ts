import { kernelBytes, openKernels, type Kernels } from '@blemish/raster';
import { unfilterWasm } from './unfilter-wasm.js';

/** Bytes of a strip of rows, which stays in a processor's first caches. */
const stripBytes = 2 ** 16;
/** A kernel's memory never shrinks: longer rows are left to the plain form. */
const longestRow = 2 ** 22;
/** The kernel reads and writes up to so many bytes beyond what is its. */
const slack = 16;

let kernels: Kernels<'unfilter'> | undefined;
let tried = false;

/**
 * What `unfilterPlain` does, by WebAssembly's vector instructions, strip by strip.
 *
 * @param step bytes of one pixel, 1 to 8
 * @returns false, and nothing done, where there are no such instructions or a row is too long
 */
export function unfilterSimd(rows: Uint8Array, height: number, length: number, step: number): boolean {
  if (!tried) [kernels, tried] = [openKernels(unfilterWasm), true];
  if (kernels === undefined || length > longestRow) return false;
  const strip = Math.min(height, Math.max(1, Math.floor(stripBytes / (1 + length))));
  const aboveAt = strip * (1 + length) + slack;
  const targetAt = aboveAt + length + slack;
  const memory = kernelBytes(kernels, targetAt + strip * length + slack);
  memory.fill(0, aboveAt, aboveAt + length);
  for (let top = 0; top < height; top += strip) {
    const count = Math.min(strip, height - top);
    memory.set(rows.subarray(top * (1 + length), (top + count) * (1 + length)));
    kernels.unfilter(0, targetAt, aboveAt, count, length, step);
    const end = targetAt + count * length;
    rows.set(memory.subarray(targetAt, end), top * length);
    memory.copyWithin(aboveAt, end - length, end);
  }
  return true;
}
