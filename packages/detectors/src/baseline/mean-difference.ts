import { createChecks, type Baseline, type BaselineOptions } from './baseline.js';

const { abs } = Math;

/** Mean absolute difference, over a pixel's values, to the mean of the good images at that pixel. */
export function createMeanDifference(options: BaselineOptions = {}): Baseline {
  const { channels = 1 } = options;
  const { check, checkFilled } = createChecks('meanDifference', options);
  let count = 0;
  let sums = new Float64Array(0);

  return {
    get count() {
      return count;
    },
    add(image) {
      check(image);
      if (count++ === 0) sums = new Float64Array(image.length);
      for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] as number) + (image[at] as number);
    },
    map(image) {
      check(image);
      checkFilled(count);
      const map = new Float32Array(image.length / channels);
      for (let pixel = 0, at = 0; pixel < map.length; pixel++, at += channels) {
        let difference = 0;
        for (let c = at; c < at + channels; c++) difference += abs((image[c] as number) - (sums[c] as number) / count);
        map[pixel] = difference / channels;
      }
      return map;
    },
  };
}
