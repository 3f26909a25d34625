import type { NdArray } from 'ndarray';

/** Which part of a resized image is wanted. */
export interface Crop {
  /** Edge of the square that the image is resized to. */
  readonly side: number;
  /** First row and column of the crop in that square. */
  readonly top: number;
  readonly left: number;
  /** Edge of the crop. */
  readonly size: number;
}

// in, out: pixels of one edge before and after resizing; scale = in / out
// support: half width of the triangle in input pixels, max(scale, 1)
// centre of output pixel i in input coordinates: (i + 0.5) * scale
// weight of input pixel p: 1 - |p + 0.5 - centre| / support, normalised to a sum of 1

/** Runs of input pixels and their weights, for output pixels `begin` ... `begin + count - 1`. */
function triangles(inSize: number, outSize: number, begin: number, count: number): { first: Int32Array; weights: Float64Array[] } {
  const scale = inSize / outSize;
  const support = Math.max(scale, 1);
  const first = new Int32Array(count);
  const weights: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const centre = (begin + i + 0.5) * scale;
    const from = Math.max(0, Math.trunc(centre - support + 0.5));
    const to = Math.min(inSize, Math.trunc(centre + support + 0.5));
    const run = Float64Array.from({ length: to - from }, (_, k) => Math.max(0, 1 - Math.abs(from + k + 0.5 - centre) / support));
    const sum = run.reduce((total, weight) => total + weight, 0);
    first[i] = from;
    weights.push(run.map((weight) => weight / sum));
  }
  return { first, weights };
}

/**
 * A crop of an image that was resized, with antialiasing, to a square: the pixels that Pillow's bilinear resize of the whole
 * image would have there, but not rounded to levels, at the cost of the crop alone.
 *
 * @param image levels [H,W,3], any strides
 * @returns RGB in [0,1], `[size,size,3]`
 */
export function resizedCrop({ data, shape, stride, offset }: NdArray<Uint8Array>, { side, top, left, size }: Crop): Float32Array {
  const [height, width] = shape as [number, number, number];
  const [rowStride, columnStride, channelStride] = stride as [number, number, number];
  const rows = triangles(height, side, top, size);
  const columns = triangles(width, side, left, size);
  const firstRow = rows.first[0] as number;
  const lastRow = (rows.first[size - 1] as number) + (rows.weights[size - 1] as Float64Array).length; // one beyond

  const narrow = new Float64Array((lastRow - firstRow) * size * 3); // [input rows,size,3]
  for (let y = firstRow, to = 0; y < lastRow; y++) {
    for (let x = 0; x < size; x++) {
      const weights = columns.weights[x] as Float64Array;
      const start = offset + y * rowStride + (columns.first[x] as number) * columnStride;
      for (let c = 0; c < 3; c++, to++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) sum += (weights[k] as number) * (data[start + k * columnStride + c * channelStride] as number);
        narrow[to] = sum;
      }
    }
  }

  const crop = new Float32Array(size * size * 3); // [size,size,3]
  const rowLength = size * 3;
  for (let y = 0; y < size; y++) {
    const weights = rows.weights[y] as Float64Array;
    const start = ((rows.first[y] as number) - firstRow) * rowLength;
    for (let i = 0; i < rowLength; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += (weights[k] as number) * (narrow[start + k * rowLength + i] as number);
      crop[y * rowLength + i] = sum / 255;
    }
  }
  return crop;
}
