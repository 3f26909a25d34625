/** A comparison that learns nothing: good images are added, others are compared with them pixel by pixel. */
export interface Baseline {
  /** Good images so far. */
  readonly count: number;
  /**
   * Takes in a good image; its values are copied.
   *
   * @param image values of a pixel side by side, pixels row by row, as many for every image
   */
  add(image: ArrayLike<number>): void;
  /** The anomaly map of an image, one value a pixel, larger where it is less like the good ones. */
  map(image: ArrayLike<number>): Float32Array;
}

/** Settings of every baseline. */
export interface BaselineOptions {
  /** Values of a pixel. Default 1. */
  readonly channels?: number;
}

/** Checks what every baseline is given. */
export function createChecks(name: string, { channels = 1 }: BaselineOptions): {
  /** Throws unless an image is as long as those before it. */
  check(image: ArrayLike<number>): void;
  /** Throws where nothing was added. */
  checkFilled(count: number): void;
} {
  if (!Number.isSafeInteger(channels) || channels < 1) throw new Error(`${name}: expected channels of 1 or more, got ${channels}`);
  let length: number | undefined;
  return {
    check(image) {
      length ??= image.length;
      if (image.length !== length) throw new Error(`${name}: expected ${length} values as in the image before, got ${image.length}`);
      if (image.length === 0 || image.length % channels !== 0) {
        throw new Error(`${name}: expected ${channels} values a pixel, got ${image.length} in all`);
      }
    },
    checkFilled(count) {
      if (count === 0) throw new Error(`${name}: expected good images to compare with, got none`);
    },
  };
}
