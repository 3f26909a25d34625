import type { NdArray } from 'ndarray';

/** Height and width in pixels. */
export type Size = readonly [height: number, width: number];

/** One decoded part, as a detector takes it: what its modality says of image and depth map. */
export interface Sample {
  /** A name that is unique within the data set, such as `test/broken_large/000.png`. */
  readonly id: string;
  /** RGB levels 0..255, `[H,W,3]`: at the image's own size or already at the detector's `inputSize`. */
  readonly image?: NdArray<Uint8Array>;
  /** Metres from the sensor, `[H,W]`, 0 where nothing was measured; what it shows fills the same frame as the image. */
  readonly depth?: NdArray<Float32Array>;
  /** The image's own size, in which its map is returned; the size of `image`, else of `depth`, where absent. */
  readonly size?: Size;
}

/** The size that a sample's map is returned in. */
export function ownSize({ id, image, depth, size }: Sample): Size {
  const [height, width] = size ?? image?.shape ?? depth?.shape ?? [];
  if (height === undefined || width === undefined) throw new Error(`${id}: expected an image or a depth map, got neither`);
  return [height, width];
}

/** Images that are decoded when asked for, any number of times and in any order: a data set never has to fit in memory. */
export interface SampleSource {
  /** Number of images. */
  readonly length: number;
  /** Name of image `index`. */
  id(index: number): string;
  /**
   * Hash of the content, under which what was computed of it is kept.
   *
   * @param part only the image or the depth map; default: all that `load` gives
   */
  contentKey(index: number, part?: 'image' | 'depth'): Promise<string>;
  /** The size that the map is returned in, found without decoding. */
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
