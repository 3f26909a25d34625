import ndarray, { type NdArray } from 'ndarray';
import { checkSize } from './check-size.js';
import { dense } from './dense.js';
import { resizePlain } from './resize-plain.js';
import { resizeRgb } from './resize-rgb.js';

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
  const source = dense(image, 'resizeBilinear');
  const { height, width, channels } = source;
  const changes = height !== size[0] || width !== size[1];
  const data = (changes && channels === 3 ? resizeRgb(source, size) : undefined) ?? resizePlain(source, size);
  return ndarray(data, [...size, channels]);
}
