import ndarray, { type NdArray } from 'ndarray';
import { upsampleBilinear } from '@blemish/raster';
import { denseMap } from './dense-map.js';

/**
 * Resizes a map bilinearly without antialiasing, as PyTorch's `interpolate(mode='bilinear', align_corners=False)`: each
 * output pixel reads two rows and two columns, however far the map shrinks.
 *
 * @param map [H,W], float32
 * @param outShape [height, width] of the result, whole pixels above 0
 * @returns [height, width]
 */
export function resizeDepth(map: NdArray<Float32Array>, outShape: readonly [number, number]): NdArray<Float32Array> {
  const { data, height, width } = denseMap(map, 'resizeDepth');
  if (outShape.length !== 2 || !outShape.every((side) => Number.isSafeInteger(side) && side > 0)) {
    throw new Error(`resizeDepth: expected [height, width] in whole pixels above 0, got [${outShape.join(', ')}]`);
  }
  return ndarray(upsampleBilinear(data, [height, width], outShape), [...outShape]);
}
