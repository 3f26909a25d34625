import { decodeElements, dtypes, elementCount } from '../dtypes.js';
import type { WeightArray } from '../weight-array.js';
import type { Budget } from './budget.js';
import type { Checkpoint } from './checkpoint.js';
import type { TensorRef } from './pickle-value.js';

/**
 * The array that a tensor's description stands for: a view of the file where its elements are contiguous, aligned and
 * little-endian, else a copy in row-major order.
 *
 * @param budget what the copies may take; a tensor expanded from one element could ask for any size
 */
export function buildTensor(tensor: TensorRef, checkpoint: Checkpoint, budget: Budget): WeightArray {
  const { dtype, size: shape, stride, storage } = tensor;
  const width = dtypes[dtype].bytes;
  const count = elementCount(shape);
  if (count === 0) return { dtype, shape, data: decodeElements(new Uint8Array(), 0, 0, dtype) };

  const all = checkpoint.storageBytes(storage);
  const start = (storage.begin + tensor.offset) * width;
  const contiguous = isContiguous(shape, stride);
  const swap = checkpoint.bigEndian && width > 1;
  if (contiguous && !swap) {
    const isView = dtype !== 'F16' && dtype !== 'BF16' && (all.byteOffset + start) % width === 0;
    if (!isView) budget.spend(4 * Math.ceil((count * width) / 2)); // half floats double
    return { dtype, shape, data: decodeElements(all, start, count, dtype) };
  }
  budget.spend(3 * count * width);
  const copy = contiguous ? new Uint8Array(all.subarray(start, start + count * width)) : gather(all, start, shape, stride, width);
  if (swap) swapBytes(copy, width);
  return { dtype, shape, data: decodeElements(copy, 0, count, dtype) };
}

/** True where the elements stand in row-major order without gaps; the stride of a dimension of 1 means nothing. */
function isContiguous(shape: readonly number[], stride: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const dimension = shape[axis] as number;
    if (dimension !== 1 && stride[axis] !== expected) return false;
    expected *= dimension;
  }
  return true;
}

/** Copies elements of `width` bytes, first at byte `start`, `stride` elements apart, into row-major order. */
function gather(bytes: Uint8Array, start: number, shape: readonly number[], stride: readonly number[], width: number): Uint8Array {
  const copy = new Uint8Array(elementCount(shape) * width);
  const index = shape.map(() => 0);
  let from = start;
  for (let to = 0; to < copy.length; to += width) {
    for (let byte = 0; byte < width; byte++) copy[to + byte] = bytes[from + byte] as number;
    // Count up like an odometer, last axis first.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] as number) + 1;
      from += (stride[axis] as number) * width;
      if (next < (shape[axis] as number)) {
        index[axis] = next;
        break;
      }
      index[axis] = 0;
      from -= next * (stride[axis] as number) * width;
    }
  }
  return copy;
}

/** Turns every element of `width` bytes around, in place. */
function swapBytes(bytes: Uint8Array, width: number): void {
  for (let i = 0; i < bytes.length; i += width) bytes.subarray(i, i + width).reverse();
}
