import { bfloatToFloat, floatToBfloat, floatToHalf, halfToFloat } from './half-floats.js';
import type { Dtype, WeightArray, WeightData } from './weight-array.js';

/** How one element type stands in a file and in memory. */
interface DtypeRule {
  /** Bytes of one element in the file. */
  readonly bytes: number;
  /** `count` elements of `buffer` from `offset`, which must be a multiple of `bytes`. */
  readonly decode: (buffer: ArrayBufferLike, offset: number, count: number) => WeightData;
  /** True where `data` can be of this element type. */
  readonly accepts: (data: WeightData) => boolean;
  /** The file's form of values that `accepts` took. */
  readonly encode: (data: WeightData) => WeightData;
}

type View = new (buffer: ArrayBufferLike, offset: number, count: number) => WeightData;

function plain(bytes: number, view: View): DtypeRule {
  return {
    bytes,
    decode: (buffer, offset, count) => new view(buffer, offset, count),
    accepts: (data) => data instanceof view,
    encode: (data) => data,
  };
}

function halfFloat(widen: (bits: Uint16Array) => Float32Array, narrow: (values: Float32Array) => Uint16Array): DtypeRule {
  return {
    bytes: 2,
    decode: (buffer, offset, count) => widen(new Uint16Array(buffer, offset, count)),
    accepts: (data) => data instanceof Float32Array,
    encode: (data) => narrow(data as Float32Array),
  };
}

/** Every element type that is read and written. */
export const dtypes: Readonly<Record<Dtype, DtypeRule>> = {
  F64: plain(8, Float64Array),
  F32: plain(4, Float32Array),
  F16: halfFloat(halfToFloat, floatToHalf),
  BF16: halfFloat(bfloatToFloat, floatToBfloat),
  I64: plain(8, BigInt64Array),
  U64: plain(8, BigUint64Array),
  I32: plain(4, Int32Array),
  U32: plain(4, Uint32Array),
  I16: plain(2, Int16Array),
  U16: plain(2, Uint16Array),
  I8: plain(1, Int8Array),
  U8: plain(1, Uint8Array),
  BOOL: plain(1, Uint8Array),
};

/** True for the name of an element type that is read and written. */
export function isDtype(name: string): name is Dtype {
  return Object.hasOwn(dtypes, name);
}

/** `count` little-endian elements of `bytes` from `offset`: a view where they are aligned, else of a copy. */
export function decodeElements(bytes: Uint8Array, offset: number, count: number, dtype: Dtype): WeightData {
  const rule = dtypes[dtype];
  const start = bytes.byteOffset + offset;
  if (start % rule.bytes === 0) return rule.decode(bytes.buffer, start, count);
  // Not slice(): on a Buffer that is a view.
  const copy = new Uint8Array(bytes.subarray(offset, offset + count * rule.bytes));
  return rule.decode(copy.buffer, 0, count);
}

/** The file's bytes of an array's values. */
export function encodeElements(array: WeightArray): Uint8Array {
  const encoded = dtypes[array.dtype].encode(array.data);
  return new Uint8Array(encoded.buffer, encoded.byteOffset, encoded.byteLength);
}

/** The number of elements of a shape; NaN unless every dimension is a whole number, and so is the product. */
export function elementCount(shape: readonly number[]): number {
  let count = 1;
  for (const dimension of shape) {
    if (!Number.isSafeInteger(dimension) || dimension < 0) return NaN;
    count *= dimension;
  }
  return Number.isSafeInteger(count) ? count : NaN;
}
