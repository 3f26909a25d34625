/** Scores as they were computed: float32 maps are compared as float32 values, float64 ones as float64. */
export type Scores = Float32Array | Float64Array;

/** An array of `length` that holds every one of `sources` without rounding: float32 only where all of them are. */
export function scoresLike(sources: readonly Scores[], length: number): Scores {
  const single = sources.every((source) => source.BYTES_PER_ELEMENT === 4);
  return single ? new Float32Array(length) : new Float64Array(length);
}
