import { encodeTiff } from './tiff/encode-tiff.js';

/**
 * Writes a map as a float32 grayscale TIFF (TIFF 6.0, little-endian), which tifffile, Pillow, ImageJ and the MVTec
 * evaluation scripts read.
 *
 * @param map values [H,W], row-major
 * @param shape [H, W]
 * @throws when the shape does not fit the map, or the map holds NaN
 */
export function encodeFloatTiff(map: Float32Array, shape: readonly [number, number]): Uint8Array {
  const [height, width] = shape;
  if (!(height > 0 && width > 0) || map.length !== height * width) {
    throw new Error(`encodeFloatTiff: expected ${height}x${width} values, got ${map.length}`);
  }
  for (let i = 0; i < map.length; i++) {
    if (Number.isNaN(map[i])) throw new Error(`encodeFloatTiff: the map holds NaN at [${Math.floor(i / width)}, ${i % width}]`);
  }
  return encodeTiff(map, [height, width, 1]);
}
