import type { DenseMap } from './dense-map.js';

/** Top left, top right, bottom left, bottom right. */
export type Corners = readonly [number, number, number, number];

const names = ['top left', 'top right', 'bottom left', 'bottom right'] as const;

/**
 * Mean depth of each 2x2 corner over its measured pixels. A corner without any lies on the plane through the other three
 * (the released code divides 0 by 0 there, and the whole map becomes NaN).
 *
 * @throws `background: ...` when two corners or more hold no measurement
 */
export function cornerMeans(map: DenseMap<Float32Array>): Corners {
  const { height, width } = map;
  const [bottom, right] = [Math.max(height - 2, 0), Math.max(width - 2, 0)];
  const means = [cornerMean(map, 0, 0), cornerMean(map, 0, right), cornerMean(map, bottom, 0), cornerMean(map, bottom, right)];
  const [topLeft, topRight, bottomLeft, bottomRight] = means as [number, number, number, number];
  const missing = names.filter((_, corner) => Number.isNaN(means[corner]));
  if (missing.length > 1) {
    throw new Error(
      `background: expected measurements in three of the four 2x2 corners, got none in ${missing.join(', ')}; the fit 'border' needs no corner`,
    );
  }
  switch (missing[0]) {
    case 'top left':
      return [topRight + bottomLeft - bottomRight, topRight, bottomLeft, bottomRight];
    case 'top right':
      return [topLeft, topLeft + bottomRight - bottomLeft, bottomLeft, bottomRight];
    case 'bottom left':
      return [topLeft, topRight, topLeft + bottomRight - topRight, bottomRight];
    case 'bottom right':
      return [topLeft, topRight, bottomLeft, topRight + bottomLeft - topLeft];
    default:
      return [topLeft, topRight, bottomLeft, bottomRight];
  }
}

/** Summed in float32 one after the other, as the released code does; NaN where nothing is measured. */
function cornerMean({ data, height, width }: DenseMap<Float32Array>, top: number, left: number): number {
  let sum = 0;
  let count = 0;
  for (let y = top; y < Math.min(top + 2, height); y++) {
    for (let x = left; x < Math.min(left + 2, width); x++) {
      const value = data[y * width + x] as number;
      if (value === 0 || !Number.isFinite(value)) continue;
      sum = Math.fround(sum + value);
      count++;
    }
  }
  return sum / count;
}
