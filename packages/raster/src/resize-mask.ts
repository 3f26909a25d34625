import { checkSize } from './check-size.js';

/**
 * Brings a ground-truth mask to another size: bilinear without antialiasing (PyTorch's `interpolate(mode='bilinear',
 * align_corners=False)`), then defect wherever the result is above 0. An output pixel reads at most two rows and two
 * columns, so thin defects can vanish when a mask shrinks to less than half; the evaluation of AST does the same.
 *
 * @param mask [H,W], a defect wherever it is above 0
 * @param shape [H, W]
 * @param outShape [height, width] of the result
 * @returns 0 and 1, [height, width]
 * @throws when the shape does not fit the mask, or a side is not a whole number above 0
 */
export function resizeMask(
  mask: ArrayLike<number>,
  shape: readonly [number, number],
  outShape: readonly [number, number],
): Uint8Array {
  checkSize(shape, 'resizeMask, shape');
  checkSize(outShape, 'resizeMask, outShape');
  const [h, w] = shape;
  const [height, width] = outShape;
  if (mask.length !== h * w) throw new Error(`resizeMask: expected ${h * w} values for [${h}, ${w}], got ${mask.length}`);
  const rows = readPixels(h, height);
  const columns = readPixels(w, width);
  const out = new Uint8Array(height * width);
  for (let y = 0, to = 0; y < height; y++) {
    const top = (rows[y * 2] as number) * w;
    const bottom = (rows[y * 2 + 1] as number) * w;
    for (let x = 0; x < width; x++) {
      const left = columns[x * 2] as number;
      const right = columns[x * 2 + 1] as number;
      const defect =
        (mask[top + left] as number) > 0 ||
        (mask[top + right] as number) > 0 ||
        (mask[bottom + left] as number) > 0 ||
        (mask[bottom + right] as number) > 0;
      out[to++] = defect ? 1 : 0;
    }
  }
  return out;
}

/**
 * The two input pixels each output pixel is blended from, [out, 2]; the second is the first again where its weight is
 * zero. PyTorch rounds the scale to float32 and not the position: whether a weight is exactly zero decides whether a pixel
 * counts, and from 64 to 192 the rounded third makes none zero.
 */
function readPixels(inSize: number, outSize: number): Int32Array {
  const pixels = new Int32Array(outSize * 2);
  const scale = Math.fround(inSize / outSize);
  for (let i = 0; i < outSize; i++) {
    const position = Math.max(0, scale * (i + 0.5) - 0.5);
    const p = Math.min(Math.trunc(position), inSize - 1);
    pixels[i * 2] = p;
    pixels[i * 2 + 1] = position > p ? Math.min(p + 1, inSize - 1) : p;
  }
  return pixels;
}
