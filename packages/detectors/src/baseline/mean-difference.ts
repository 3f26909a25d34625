import { createChecks, type Baseline, type BaselineOptions } from './baseline.js';

const { abs } = Math;

/** Mean absolute difference, over a pixel's values, to the mean of the good images at that pixel. */
export function createMeanDifference(options: BaselineOptions = {}): Baseline {
  const { channels = 1 } = options;
  const { check, checkFilled, isMeasured } = createChecks('meanDifference', options);
  let count = 0;
  let sums = new Float64Array(0);
  let measured = new Uint32Array(0); // good images that hold a measurement, of each pixel

  return {
    get count() {
      return count;
    },
    add(image) {
      check(image);
      if (count++ === 0) [sums, measured] = [new Float64Array(image.length), new Uint32Array(image.length / channels)];
      for (let pixel = 0, at = 0; pixel < measured.length; pixel++, at += channels) {
        if (!isMeasured(image, pixel)) continue;
        measured[pixel] = (measured[pixel] as number) + 1;
        for (let c = at; c < at + channels; c++) sums[c] = (sums[c] as number) + (image[c] as number);
      }
    },
    map(image) {
      check(image);
      checkFilled(count);
      const map = new Float32Array(measured.length);
      for (let pixel = 0, at = 0; pixel < map.length; pixel++, at += channels) {
        const images = measured[pixel] as number;
        if (images === 0 || !isMeasured(image, pixel)) continue;
        let difference = 0;
        for (let c = at; c < at + channels; c++) difference += abs((image[c] as number) - (sums[c] as number) / images);
        map[pixel] = difference / channels;
      }
      return map;
    },
  };
}
