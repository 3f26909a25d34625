import ndarray, { type NdArray } from 'ndarray';

/**
 * The inverse of {@link pixelUnshuffle}: each position's channels become a cell of `r` x `r` pixels (PyTorch's
 * `pixel_shuffle`, channels last).
 *
 * @param map [h,w,C*r*r]
 * @param r side of a cell in pixels
 * @returns [h*r, w*r, C], or [h*r, w*r] where C is 1
 */
export function pixelShuffle(map: NdArray<Float32Array>, r: number): NdArray<Float32Array> {
  const [h = 0, w = 0, depth = 0] = map.shape;
  const [rowStride = 0, columnStride = 0, channelStride = 0] = map.stride;
  if (map.shape.length !== 3 || !(h > 0 && w > 0)) {
    throw new Error(`pixelShuffle: expected a map of shape [height, width, channels], got [${map.shape.join(', ')}]`);
  }
  if (!(Number.isSafeInteger(r) && r > 0) || depth === 0 || depth % (r * r) !== 0) {
    throw new Error(`pixelShuffle: expected channels in multiples of ${r} x ${r}, got ${depth}`);
  }
  const channels = depth / (r * r);
  const [height, width] = [h * r, w * r];
  const source = map.data;
  const out = new Float32Array(height * width * channels);
  for (let y = 0, to = 0; y < height; y++) {
    const row = map.offset + Math.floor(y / r) * rowStride + (y % r) * r * channelStride;
    for (let x = 0; x < w; x++) {
      for (let dx = 0; dx < r; dx++) {
        let from = row + x * columnStride + dx * channelStride;
        for (let c = 0; c < channels; c++, from += r * r * channelStride) out[to++] = source[from] as number;
      }
    }
  }
  return ndarray(out, channels === 1 ? [height, width] : [height, width, channels]);
}
