import type { DenseImage } from './dense.js';
import { triangleWeights, weightBits } from './triangle-weights.js';

const half = 1 << (weightBits - 1);

/** Both passes in plain code, for any number of channels: [H,W,C] -> [height,width,C]. Each is left out where it changes nothing. */
export function resizePlain(image: DenseImage, [height, width]: readonly [number, number]): Uint8Array {
  let result = image; // [H,W,C]
  if (width !== image.width) result = resizeRows(result, width); // [H,width,C]
  if (height !== image.height) result = resizeColumns(result, height); // [height,width,C]
  return result === image ? image.data.slice() : result.data;
}

/** Every row from its own width to `width`: [H,W,C] -> [H,width,C]. */
function resizeRows(image: DenseImage, width: number): DenseImage {
  const { data, height, channels } = image;
  const { taps, first, count, weights } = triangleWeights(image.width, width);
  const out = new Uint8Array(height * width * channels);
  const rowLength = image.width * channels;
  for (let y = 0; y < height; y++) {
    let to = y * width * channels;
    for (let x = 0; x < width; x++) {
      const start = y * rowLength + (first[x] as number) * channels;
      const n = count[x] as number;
      for (let c = 0; c < channels; c++) {
        let sum = half;
        for (let k = 0, from = start + c; k < n; k++, from += channels) {
          sum = (sum + (data[from] as number) * (weights[x * taps + k] as number)) | 0;
        }
        out[to++] = level(sum);
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
