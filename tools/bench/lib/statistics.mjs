// @ts-check

/** @param {readonly number[]} values at least one */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) throw new Error('median: expected at least one value');
  return sorted.length % 2 === 1 ? Number(sorted[middle]) : (Number(sorted[middle - 1]) + Number(sorted[middle])) / 2;
}

/**
 * @typedef {object} Timing one side of a case
 * @property {number} median seconds
 * @property {number} minimum seconds
 * @property {readonly number[]} seconds of every repetition, in order
 * @property {number | undefined} gflops 10^9 operations a second, by the median
 * @property {number | undefined} peakBytes
 *
 * @param {readonly number[]} seconds
 * @param {{flops?: number | undefined, peakBytes?: number | undefined}} [more]
 * @returns {Timing}
 */
export function timing(seconds, { flops, peakBytes } = {}) {
  const middle = median(seconds);
  return {
    median: middle,
    minimum: Math.min(...seconds),
    seconds,
    gflops: flops === undefined ? undefined : flops / middle / 1e9,
    peakBytes,
  };
}
