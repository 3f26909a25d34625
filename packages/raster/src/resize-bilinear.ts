import ndarray, { type NdArray } from 'ndarray';
import { checkSize } from './check-size.js';
import { dense, type DenseImage } from './dense.js';
import { triangleWeights, weightBits } from './triangle-weights.js';

const half = 1 << (weightBits - 1);

/**
 * Resizes an image with antialiasing, equal to the level to Pillow's `Image.resize((width, height), BILINEAR)` (and to
 * torchvision's `Resize` on a Pillow image): rows first, then columns, weights in 22-bit fixed point, rounded to 8 bits
 * after each. Pillow 13 takes columns first where that is cheaper (an image that gets wider and lower), which moves some
 * levels by one; the order here is that of every Pillow before it.
 *
 * @param image levels [H,W,C], any number of channels, any strides
 * @param size [height, width] of the result
 * @returns a new image [height, width, C]
 * @throws when a side of either is not a whole number above 0
 */
export function resizeBilinear(image: NdArray<Uint8Array>, size: readonly [number, number]): NdArray<Uint8Array> {
  checkSize(size, 'resizeBilinear');
  const [height, width] = size;
  const source = dense(image, 'resizeBilinear');
  let result = source; // [H,W,C]
  if (width !== source.width) result = resizeRows(result, width); // [H,width,C]
  if (height !== source.height) result = resizeColumns(result, height); // [height,width,C]
  const data = result.data.buffer === image.data.buffer ? result.data.slice() : result.data;
  return ndarray(data, [height, width, source.channels]);
}

/** Every row from its own width to `width`: [H,W,C] -> [H,width,C]. */
function resizeRows(image: DenseImage, width: number): DenseImage {
  const { data, height, channels } = image;
  const { taps, first, count, weights } = triangleWeights(image.width, width);
  const out = new Uint8Array(height * width * channels);
  const rowLength = image.width * channels;
  for (let y = 0; y < height; y++) {
    const row = y * rowLength;
    let to = y * width * channels;
    for (let x = 0; x < width; x++) {
      const start = row + (first[x] as number) * channels;
      const w = x * taps;
      const n = count[x] as number;
      if (channels === 3) {
        let r = half;
        let g = half;
        let b = half;
        for (let k = 0, from = start; k < n; k++, from += 3) {
          const weight = weights[w + k] as number;
          r = (r + (data[from] as number) * weight) | 0;
          g = (g + (data[from + 1] as number) * weight) | 0;
          b = (b + (data[from + 2] as number) * weight) | 0;
        }
        out[to++] = level(r);
        out[to++] = level(g);
        out[to++] = level(b);
      } else {
        for (let c = 0; c < channels; c++) {
          let sum = half;
          for (let k = 0, from = start + c; k < n; k++, from += channels) {
            sum = (sum + (data[from] as number) * (weights[w + k] as number)) | 0;
          }
          out[to++] = level(sum);
        }
      }
    }
  }
  return { data: out, height, width, channels };
}

/** Every column from its own height to `height`: [H,W,C] -> [height,W,C], row by row so that memory is read in order. */
function resizeColumns(image: DenseImage, height: number): DenseImage {
  const { data, width, channels } = image;
  const { taps, first, count, weights } = triangleWeights(image.height, height);
  const rowLength = width * channels;
  const out = new Uint8Array(height * rowLength);
  const sums = new Int32Array(rowLength);
  for (let y = 0; y < height; y++) {
    sums.fill(half);
    const n = count[y] as number;
    let from = (first[y] as number) * rowLength;
    for (let k = 0; k < n; k++) {
      const weight = weights[y * taps + k] as number;
      for (let i = 0; i < rowLength; i++) sums[i] = ((sums[i] as number) + (data[from++] as number) * weight) | 0;
    }
    for (let i = 0, to = y * rowLength; i < rowLength; i++) out[to++] = level(sums[i] as number);
  }
  return { data: out, height, width, channels };
}

/** A fixed-point sum back to a level: weights rounded up may reach 256, never below 0. */
function level(sum: number): number {
  const value = sum >> weightBits;
  return value > 255 ? 255 : value;
}
