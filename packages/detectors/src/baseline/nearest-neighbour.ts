import { createChecks, type Baseline, type BaselineOptions } from './baseline.js';

const { abs } = Math;

/** Settings of {@link createNearestNeighbour}. */
export interface NearestNeighbourOptions extends BaselineOptions {
  /**
   * `pixel`: each pixel is compared with the same pixel of all good images and takes its nearest ones. `image`: the whole
   * image's nearest ones are found first, and every pixel is compared with theirs.
   */
  readonly by: 'pixel' | 'image';
  /** Mean over so many nearest ones; fewer where there are fewer. Default 1. */
  readonly neighbours?: number;
}

/**
 * Distance, the mean absolute difference over a pixel's values, to the nearest of the good images. All of them are held in
 * memory as float32; a map takes as many steps as they have values.
 */
export function createNearestNeighbour(options: NearestNeighbourOptions): Baseline {
  const { channels = 1, neighbours = 1, by } = options;
  if (!Number.isSafeInteger(neighbours) || neighbours < 1) throw new Error(`nearestNeighbour: expected neighbours of 1 or more, got ${neighbours}`);
  const { check, checkFilled } = createChecks('nearestNeighbour', options);
  const images: Float32Array[] = [];

  /** Distance at a pixel. */
  function distance(image: ArrayLike<number>, other: Float32Array, pixel: number): number {
    let difference = 0;
    for (let c = pixel * channels; c < (pixel + 1) * channels; c++) difference += abs((image[c] as number) - (other[c] as number));
    return difference / channels;
  }

  function nearestImages(image: ArrayLike<number>): readonly Float32Array[] {
    const ranked = images.map((other) => {
      let sum = 0;
      for (let pixel = 0; pixel < other.length / channels; pixel++) sum += distance(image, other, pixel);
      return { other, sum };
    });
    ranked.sort((a, b) => a.sum - b.sum);
    return ranked.slice(0, neighbours).map(({ other }) => other);
  }

  return {
    get count() {
      return images.length;
    },
    add(image) {
      check(image);
      images.push(Float32Array.from(image));
    },
    map(image) {
      check(image);
      checkFilled(images.length);
      const candidates = by === 'image' ? nearestImages(image) : images;
      const map = new Float32Array(image.length / channels);
      const nearest = new Float64Array(neighbours); // the smallest so far, ascending
      for (let pixel = 0; pixel < map.length; pixel++) {
        let found = 0;
        for (const other of candidates) {
          const here = distance(image, other, pixel);
          if (found === neighbours && here >= (nearest[found - 1] as number)) continue;
          let at = found < neighbours ? found++ : found - 1;
          for (; at > 0 && (nearest[at - 1] as number) > here; at--) nearest[at] = nearest[at - 1] as number;
          nearest[at] = here;
        }
        let sum = 0;
        for (let k = 0; k < found; k++) sum += nearest[k] as number;
        map[pixel] = sum / found;
      }
      return map;
    },
  };
}
