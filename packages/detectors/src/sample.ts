import type { NdArray } from 'ndarray';

/** Height and width in pixels. */
export type Size = readonly [height: number, width: number];

/** One decoded image, as a detector takes it. */
export interface Sample {
  /** A name that is unique within the data set, such as `test/broken_large/000.png`. */
  readonly id: string;
  /** RGB levels 0..255, `[H,W,3]`: at the image's own size or already at the detector's `inputSize`. */
  readonly image: NdArray<Uint8Array>;
  /** The image's own size, in which its map is returned; the size of `image` where absent. */
  readonly size?: Size;
}

/** Images that are decoded when asked for, any number of times and in any order: a data set never has to fit in memory. */
export interface SampleSource {
  /** Number of images. */
  readonly length: number;
  /** Name of image `index`. */
  id(index: number): string;
  /** Hash of the image's content, under which its features are kept. */
  contentKey(index: number): Promise<string>;
  /** The image's own size, found without decoding it. */
  size(index: number): Promise<Size>;
  /** Decodes image `index`. */
  load(index: number): Promise<Sample>;
  /** Tells which images will be asked for next, so that they can be decoded ahead. */
  prefetch?(order: readonly number[]): void;
}

/**
 * Keeps arrays between passes and between runs. It may forget anything at any time: what is kept changes how long a run
 * takes, never its bits.
 */
export interface FeatureStore {
  /** What was put under `key`, or undefined. */
  get(key: string): Promise<Float32Array | undefined>;
  /** Keeps `data` under `key`. */
  put(key: string, data: Float32Array): Promise<void>;
}
