import type { NdArray } from 'ndarray';
import { checkCloud } from './check-cloud.js';

/** Three numbers a pixel as a flat row-major array: pixel (y, x) stands at `(y * width + x) * 3`. */
export interface DenseCloud<D> {
  /** [height * width * 3]; may be the view's own memory: read only. */
  readonly data: D;
  readonly height: number;
  readonly width: number;
}

/**
 * The memory of an organised cloud, or of colours [H,W,3], where it already lies row-major without gaps, a copy otherwise.
 *
 * @throws when the shape is another; `name` says which argument it was
 */
export function denseCloud<D extends Float32Array | Uint8Array>(cloud: NdArray<D>, name: string): DenseCloud<D> {
  checkCloud(cloud, name);
  const [height, width] = cloud.shape as [number, number, number];
  const { data: source, offset } = cloud;
  const [rowStride, columnStride, channelStride] = cloud.stride as [number, number, number];
  const count = height * width * 3;
  if (channelStride === 1 && columnStride === 3 && rowStride === width * 3) {
    return { data: source.subarray(offset, offset + count) as D, height, width };
  }
  const data: Float32Array | Uint8Array = new (source.constructor as new (length: number) => D)(count);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = offset + y * rowStride; x < width; x++, from += columnStride, to += 3) {
      data[to] = source[from] as number;
      data[to + 1] = source[from + channelStride] as number;
      data[to + 2] = source[from + 2 * channelStride] as number;
    }
  }
  return { data: data as D, height, width };
}
