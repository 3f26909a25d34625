type TypedArray = Float32Array | Float64Array | Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array | BigInt64Array | BigUint64Array;

/**
 * A copy of plain data (records, lists, maps) whose typed arrays lie in shared memory: threads that it is sent to read the
 * same bytes. Each array has a piece of its own, which is freed when no thread needs it any more.
 */
export function shareArrays<T>(data: T): T {
  return shared(data) as T;
}

function shared(data: unknown): unknown {
  if (ArrayBuffer.isView(data)) return sharedArray(data as TypedArray);
  if (Array.isArray(data)) return data.map(shared);
  if (data instanceof Map) return new Map([...data].map(([key, value]) => [key, shared(value)]));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, shared(value)]));
}

function sharedArray(array: TypedArray): TypedArray {
  const Kind = array.constructor as new (buffer: SharedArrayBuffer) => TypedArray;
  const copy = new Kind(new SharedArrayBuffer(array.byteLength));
  copy.set(array as never);
  return copy;
}
