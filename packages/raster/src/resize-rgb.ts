import type { DenseImage } from './dense.js';
import { columnWeights, rowsWeights } from './kernel-weights.js';
import { kernelBytes, openKernels, type Kernels } from './open-kernels.js';
import { resizeRgbWasm } from './resize-rgb-wasm.js';
import { triangleWeights } from './triangle-weights.js';

/** Source bytes of a strip: they, the result and the tables stay in a processor's second cache. */
const stripBytes = 2 ** 18;
/** A kernel's memory never shrinks: what needs more is left to the plain form. */
const mostBytes = 2 ** 24;
/** Kernels read and write up to so many bytes beyond what is theirs. */
const slack = 16;

let kernels: Kernels<'rows' | 'column'> | undefined;
let tried = false;

/**
 * Both passes over an RGB image by WebAssembly's vector instructions, strip by strip: [H,W,3] -> [height,width,3], equal
 * to `resizePlain`.
 *
 * @returns undefined where there are no such instructions, or where a strip is too large
 */
export function resizeRgb(image: DenseImage, [height, width]: readonly [number, number]): Uint8Array | undefined {
  if (!tried) [kernels, tried] = [openKernels(resizeRgbWasm), true];
  if (kernels === undefined) return undefined;
  const [sourceRow, length] = [image.width * 3, width * 3];
  const across = rowsWeights(triangleWeights(image.width, width));
  const vertical = triangleWeights(image.height, height);
  const { first, count } = vertical;
  const down = columnWeights(vertical);

  const scale = image.height / height;
  const rows = Math.min(height, Math.max(1, Math.floor(stripBytes / (sourceRow * Math.max(1, scale)))));
  const sourceRows = Math.ceil(rows * scale) + 2 * down.groups + 1;
  const downAt = aligned(across.bytes.length);
  const sourceAt = downAt + aligned(down.bytes.length);
  const betweenAt = sourceAt + aligned(sourceRows * sourceRow);
  const targetAt = betweenAt + aligned((sourceRows + 1) * length);
  const end = targetAt + aligned(rows * length);
  if (end > mostBytes) return undefined;

  const memory = kernelBytes(kernels, end);
  memory.set(across.bytes);
  memory.set(down.bytes, downAt);
  const result = new Uint8Array(height * length);
  for (let top = 0; top < height; top += rows) {
    const bottom = Math.min(top + rows, height);
    const from = first[top] as number;
    const to = (first[bottom - 1] as number) + (count[bottom - 1] as number);
    memory.set(image.data.subarray(from * sourceRow, to * sourceRow), sourceAt); // [to-from,W,3]
    kernels.rows(sourceAt, betweenAt, to - from, sourceRow, width, 0, across.groups); // [to-from,width,3]
    for (let y = top; y < bottom; y++) {
      const source = betweenAt + ((first[y] as number) - from) * length;
      kernels.column(source, targetAt + (y - top) * length, length, downAt + y * down.entry, down.groups);
    }
    result.set(memory.subarray(targetAt, targetAt + (bottom - top) * length), top * length);
  }
  return result;
}

function aligned(count: number): number {
  return Math.ceil((count + slack) / 16) * 16;
}
