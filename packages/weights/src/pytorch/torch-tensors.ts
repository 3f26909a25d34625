import { dtypes, elementCount } from '../dtypes.js';
import type { Dtype } from '../weight-array.js';
import { fault, quote } from '../weights-error.js';
import type { PickleValue, StorageRef, TensorRef } from './pickle-value.js';
import { kindOf } from './pickle-value.js';

// What the functions that PyTorch's pickles call mean; each gives a description, no memory is touched.

/** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks, metadata?)` */
export function rebuildTensorV2(args: readonly PickleValue[]): TensorRef {
  const storage = expectKind(args[0], 'storage');
  return describeTensor(storage, storage.dtype, args);
}

/** `_rebuild_tensor_v3(storage, offset, size, stride, requires_grad, backward_hooks, dtype, metadata?)`, storage in bytes */
export function rebuildTensorV3(args: readonly PickleValue[]): TensorRef {
  const { dtype } = expectKind(args[6], 'dtype');
  const bytes = expectKind(args[0], 'storage');
  const width = dtypes[dtype].bytes / dtypes[bytes.dtype].bytes;
  const inElements = (n: number): number => {
    if (!Number.isSafeInteger(n / width)) throw fault(`damaged pickle: a storage of ${n} bytes for ${dtype}`);
    return n / width;
  };
  const storage: StorageRef = {
    ...bytes,
    dtype,
    total: inElements(bytes.total),
    begin: inElements(bytes.begin),
    length: inElements(bytes.length),
  };
  return describeTensor(storage, dtype, args);
}

/** `_rebuild_parameter(tensor, requires_grad, backward_hooks)` */
export function rebuildParameter(args: readonly PickleValue[]): TensorRef {
  return expectKind(args[0], 'tensor');
}

/**
 * The storage behind a persistent id: `('storage', type, key, location, numel)`, and in the legacy container a sixth
 * item, None or `(view key, offset, length)`.
 */
export function loadStorage(id: PickleValue): StorageRef {
  const items = typeof id === 'object' && id !== null && 'items' in id ? id.items : [];
  const [tag, type, key, , numel, view] = items;
  if (tag !== 'storage' || typeof key !== 'string') throw fault('damaged pickle: a persistent id that names no storage');
  const { dtype } = expectKind(type, 'storage type');
  const total = expectCount(numel, 'the length of a storage');
  if (view === undefined || view === null) return { kind: 'storage', dtype, key, total, begin: 0, length: total };
  const [, offset, count] = typeof view === 'object' && 'items' in view ? view.items : [];
  const begin = expectCount(offset, 'the offset of a storage view');
  const length = expectCount(count, 'the length of a storage view');
  if (begin + length > total) throw fault(`storage ${quote(key)}: a view of ${begin} + ${length} elements leaves its ${total}`);
  return { kind: 'storage', dtype, key, total, begin, length };
}

function describeTensor(storage: StorageRef, dtype: Dtype, args: readonly PickleValue[]): TensorRef {
  const offset = expectCount(args[1], 'the offset of a tensor');
  const size = expectCounts(args[2], 'the size of a tensor');
  const stride = expectCounts(args[3], 'the stride of a tensor');
  if (size.length !== stride.length) throw fault(`damaged pickle: a tensor of ${size.length} dimensions with ${stride.length} strides`);
  const count = elementCount(size);
  if (Number.isNaN(count)) throw fault(`expected a tensor size of whole numbers, got [${size.slice(0, 16)}]`);
  const last = size.reduce((index, n, axis) => index + (n - 1) * (stride[axis] as number), offset);
  if (count > 0 && !(last < storage.length)) {
    throw fault(`a tensor of size [${size.slice(0, 16)}] reaches element ${last} of storage ${quote(storage.key)}, which has ${storage.length}`);
  }
  return { kind: 'tensor', storage, dtype, offset, size, stride };
}

function expectKind<K extends 'storage' | 'tensor' | 'dtype' | 'storage type'>(
  value: PickleValue | undefined,
  kind: K,
): Extract<PickleValue, { readonly kind: K }> {
  if (value === undefined || kindOf(value) !== kind) throw fault(`damaged pickle: expected a ${kind}, got ${kindOf(value)}`);
  return value as Extract<PickleValue, { readonly kind: K }>;
}

function expectCount(value: PickleValue | undefined, what: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw fault(`damaged pickle: expected ${what} as a whole number, got ${typeof value === 'number' ? value : kindOf(value)}`);
  }
  return value;
}

/** PyTorch itself stops at 64 dimensions. */
const maxDimensions = 64;

function expectCounts(value: PickleValue | undefined, what: string): readonly number[] {
  const isSequence = typeof value === 'object' && value !== null && 'items' in value;
  if (!isSequence || value.items.length > maxDimensions) throw fault(`damaged pickle: expected ${what} as a tuple`);
  return value.items.map((item) => expectCount(item, what));
}
