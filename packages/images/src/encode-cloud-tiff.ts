import type { NdArray } from 'ndarray';
import { encodeTiff } from './tiff/encode-tiff.js';

/**
 * Writes an organised cloud as a float32 TIFF of three channels, uncompressed, x, y and z of a point side by side: the format
 * of MVTec 3D-AD's `xyz` folders.
 *
 * @param cloud [H,W,3] x, y, z in metres, 0, 0, 0 where nothing was measured; any strides
 * @throws when the shape is another, or the cloud holds NaN
 */
export function encodeCloudTiff(cloud: NdArray<Float32Array>): Uint8Array {
  const [height = 0, width = 0, channels] = cloud.shape;
  if (cloud.shape.length !== 3 || channels !== 3 || !(height > 0 && width > 0)) {
    throw new Error(`encodeCloudTiff: expected [H,W,3], got [${cloud.shape.join(',')}]`);
  }
  const [rowStride = 0, columnStride = 0, axisStride = 0] = cloud.stride;
  const values = new Float32Array(height * width * 3);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let axis = 0; axis < 3; axis++) {
        const value = cloud.data[cloud.offset + y * rowStride + x * columnStride + axis * axisStride] as number;
        if (Number.isNaN(value)) throw new Error(`encodeCloudTiff: the cloud holds NaN at [${y}, ${x}]; a missing point is 0, 0, 0`);
        values[to++] = value;
      }
    }
  }
  return encodeTiff(values, [height, width, 3]);
}
