import ndarray, { type NdArray } from 'ndarray';
import { denseMap } from './dense-map.js';

/**
 * Closes the holes of a mask: what no path over edges (4-connected) of unmarked pixels joins to the border becomes marked,
 * so that a bore or a pit as deep as the table stays part of the part. Linear time.
 *
 * @param mask marked where not 0, [H,W]
 * @returns 0 and 1, [H,W]
 */
export function fillHoles(mask: NdArray<Uint8Array>): NdArray<Uint8Array> {
  const { data, height, width } = denseMap(mask, 'fillHoles');
  const out = new Uint8Array(data.length).fill(1);
  const stack = new Int32Array(data.length); // every pixel is pushed at most once: `reach` clears it first
  let top = 0;
  for (let x = 0; x < width; x++) {
    reach(x);
    reach(data.length - 1 - x);
  }
  for (let y = 0; y < height; y++) {
    reach(y * width);
    reach(y * width + width - 1);
  }
  while (top > 0) {
    const i = stack[--top] as number;
    const x = i % width;
    if (x > 0) reach(i - 1);
    if (x < width - 1) reach(i + 1);
    if (i >= width) reach(i - width);
    if (i < data.length - width) reach(i + width);
  }
  return ndarray(out, [height, width]);

  function reach(i: number): void {
    if (data[i] !== 0 || out[i] === 0) return;
    out[i] = 0;
    stack[top++] = i;
  }
}
