/** An array as a weight file holds it: convolution filters in OIHW, values in any number type. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number> | ArrayLike<bigint>;
}

/** A named array as it is written: float32. */
export interface FloatArray extends NamedArray {
  readonly dtype: 'F32';
  readonly data: Float32Array;
}
