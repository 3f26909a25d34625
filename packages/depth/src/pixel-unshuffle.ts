import ndarray, { type NdArray } from 'ndarray';

/**
 * Moves each cell of `r` x `r` pixels into channels, losing nothing (PyTorch's `pixel_unshuffle`, channels last): pixel
 * (dy, dx) of a cell becomes channel dy * r + dx, of channel c of the map c * r * r + dy * r + dx.
 *
 * @param map [H,W] or [H,W,C], H and W multiples of `r`
 * @param r side of a cell in pixels
 * @returns [H/r, W/r, C*r*r]
 */
export function pixelUnshuffle(map: NdArray<Float32Array>, r: number): NdArray<Float32Array> {
  const [height = 0, width = 0, channels = 1] = map.shape;
  const [rowStride = 0, columnStride = 0, channelStride = 0] = map.stride;
  if ((map.shape.length !== 2 && map.shape.length !== 3) || !(height > 0 && width > 0 && channels > 0)) {
    throw new Error(`pixelUnshuffle: expected a map of shape [height, width] or [height, width, channels], got [${map.shape.join(', ')}]`);
  }
  if (!(Number.isSafeInteger(r) && r > 0) || height % r !== 0 || width % r !== 0) {
    throw new Error(`pixelUnshuffle: expected height and width to be multiples of the cell's side, got ${height} x ${width} and ${r}`);
  }
  const [h, w, depth] = [height / r, width / r, channels * r * r];
  const source = map.data;
  const out = new Float32Array(height * width * channels);
  let to = 0;
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const cell = map.offset + y * r * rowStride + x * r * columnStride;
      for (let c = 0; c < channels; c++) {
        for (let dy = 0; dy < r; dy++) {
          let from = cell + c * channelStride + dy * rowStride;
          for (let dx = 0; dx < r; dx++, from += columnStride) out[to++] = source[from] as number;
        }
      }
    }
  }
  return ndarray(out, [h, w, depth]); // [H/r,W/r,C*r*r]
}
