import type { Size } from '@blemish/detectors';
import type { NdArray } from 'ndarray';

/**
 * Height and width of an anomaly map, `[H,W]`.
 *
 * @throws Error for an array of other dimensions
 */
export function sizeOfMap({ shape }: Pick<NdArray, 'shape'>): Size {
  const [height, width, ...more] = shape;
  if (height === undefined || width === undefined || more.length > 0) throw new Error(`anomaly map: expected a shape of [H,W], got [${shape.join(',')}]`);
  return [height, width];
}
