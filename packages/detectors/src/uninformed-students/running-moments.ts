/** Means and deviations of channels over any number of vectors, gathered in float64. */
export interface RunningMoments {
  /** Counts vectors `[n,channels]`. */
  add(values: Float32Array): void;
  /** The population's. A deviation is at least 1e-8 of one more than the mean's size, so that what is constant can be divided by it. */
  result(): { readonly mean: Float32Array; readonly deviation: Float32Array };
}

/** Gathers moments by Welford's update, which loses nothing to large means. */
export function createRunningMoments(channels: number): RunningMoments {
  const mean = new Float64Array(channels);
  const squares = new Float64Array(channels); // sum of squared distances from the mean
  let count = 0;
  return {
    add(values) {
      for (let at = 0; at < values.length; at += channels) {
        count++;
        for (let c = 0; c < channels; c++) {
          const value = values[at + c] as number;
          const before = value - (mean[c] as number);
          mean[c] = (mean[c] as number) + before / count;
          squares[c] = (squares[c] as number) + before * (value - (mean[c] as number));
        }
      }
    },
    result: () => ({
      mean: Float32Array.from(mean),
      deviation: Float32Array.from(squares, (square, c) => Math.max(Math.sqrt(square / Math.max(1, count)), 1e-8 * (1 + Math.abs(mean[c] as number)))),
    }),
  };
}
