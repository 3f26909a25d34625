type TypedArray = Float32Array | Float64Array | Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array | BigInt64Array | BigUint64Array;

/** Enough for every kind of number. */
const alignment = 8;

/**
 * A copy of plain data (records, lists, maps) whose typed arrays lie in one piece of shared memory: threads that it is sent
 * to read the same bytes.
 */
export function shareArrays<T>(data: T): T {
  let bytes = 0;
  walk(data, (array) => {
    bytes += padded(array.byteLength);
    return array;
  });
  const memory = new SharedArrayBuffer(bytes);
  let offset = 0;
  return walk(data, (array) => {
    const Kind = array.constructor as new (buffer: SharedArrayBuffer, byteOffset: number, length: number) => TypedArray;
    const shared = new Kind(memory, offset, array.length);
    shared.set(array as never);
    offset += padded(array.byteLength);
    return shared;
  }) as T;
}

function padded(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

/** The same data with every typed array replaced. */
function walk(data: unknown, replace: (array: TypedArray) => TypedArray): unknown {
  if (ArrayBuffer.isView(data)) return replace(data as TypedArray);
  if (Array.isArray(data)) return data.map((item) => walk(item, replace));
  if (data instanceof Map) return new Map([...data].map(([key, value]) => [key, walk(value, replace)]));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, walk(value, replace)]));
}
