/** Element types by their safetensors names. */
export type Dtype =
  | 'F64'
  | 'F32'
  | 'F16'
  | 'BF16'
  | 'I64'
  | 'U64'
  | 'I32'
  | 'U32'
  | 'I16'
  | 'U16'
  | 'I8'
  | 'U8'
  | 'BOOL';

/** The values of an array: 64-bit integers as BigInt, half floats widened to float32, booleans as bytes 0 or 1. */
export type WeightData =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** One named array of a weight file. */
export interface WeightArray {
  /** Element type in the file; for `F16` and `BF16`, `data` is the same values as float32. */
  readonly dtype: Dtype;
  /** Dimensions, outermost first; empty for a scalar. */
  readonly shape: readonly number[];
  /** Row-major values; often a view of the file's own bytes, so treat it as read-only. */
  readonly data: WeightData;
}

/** What a weight file holds. */
export interface Weights {
  /** Every array by its name in the file, in the file's order. */
  readonly tensors: ReadonlyMap<string, WeightArray>;
  /** The strings that stand beside the arrays. */
  readonly metadata: Readonly<Record<string, string>>;
}
