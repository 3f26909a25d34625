import type { NdArray } from 'ndarray';

/** An image as a flat row-major array: pixel (y, x), channel c stands at `(y * width + x) * channels + c`. */
export interface DenseImage {
  /** Levels, [height, width, channels]; may be the view's own memory: read only. */
  readonly data: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * The image's memory where it already lies row-major without gaps, a copy otherwise.
 *
 * @param image [H,W,C]
 * @throws when the image has another rank or no pixels; `name` says which argument it was
 */
export function dense(image: NdArray<Uint8Array>, name: string): DenseImage {
  const [height, width, channels] = image.shape as [number, number, number];
  if (image.shape.length !== 3 || !(height > 0 && width > 0 && channels > 0)) {
    throw new Error(`${name}: expected an image of shape [height, width, channels], got [${image.shape.join(', ')}]`);
  }
  const [rowStride, columnStride, channelStride] = image.stride as [number, number, number];
  const count = height * width * channels;
  if (channelStride === 1 && columnStride === channels && rowStride === width * channels) {
    return { data: image.data.subarray(image.offset, image.offset + count), height, width, channels };
  }
  const data = new Uint8Array(count);
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let from = image.offset + y * rowStride + x * columnStride;
      for (let c = 0; c < channels; c++, from += channelStride) data[to++] = image.data[from] as number;
    }
  }
  return { data, height, width, channels };
}
