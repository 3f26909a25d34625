import type { NdArray } from 'ndarray';

/** A map as a flat row-major array: pixel (y, x) stands at `y * width + x`. */
export interface DenseMap<D> {
  /** [height * width]; may be the view's own memory: read only. */
  readonly data: D;
  readonly height: number;
  readonly width: number;
}

/** Typed arrays that maps are made of. */
export type MapData = Float32Array | Float64Array | Uint8Array;

/**
 * The map's memory where it already lies row-major without gaps, a copy otherwise.
 *
 * @param map [H,W]
 * @throws when the map has another rank or no pixels; `name` says which argument it was
 */
export function denseMap<D extends MapData>(map: NdArray<D>, name: string): DenseMap<D> {
  const [height, width] = map.shape as [number, number];
  if (map.shape.length !== 2 || !(height > 0 && width > 0)) {
    throw new Error(`${name}: expected a map of shape [height, width], got [${map.shape.join(', ')}]`);
  }
  const { data: source, offset } = map;
  const [rowStride, columnStride] = map.stride as [number, number];
  const count = height * width;
  if (columnStride === 1 && rowStride === width) {
    return { data: source.subarray(offset, offset + count) as D, height, width };
  }
  const data: MapData = new (source.constructor as new (length: number) => D)(count);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = offset + y * rowStride; x < width; x++, from += columnStride) data[to++] = source[from] as number;
  }
  return { data: data as D, height, width };
}
