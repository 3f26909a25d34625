import type { Levels } from '../decode-rgb.js';
import { checkPixels } from '../pixel-limit.js';
import { decodeBaseline } from './decode-baseline.js';
import { hasJpegEnd } from './has-jpeg-end.js';
import { readBaseline, type Baseline } from './read-baseline.js';

/**
 * Decodes a baseline JPEG as libjpeg does, to the level.
 *
 * @returns undefined for every other JPEG and for one that is damaged: libvips then has to say
 * @throws one line that begins with `name` for too many pixels
 */
export function decodeJpeg(bytes: Uint8Array, name: string, pixelLimit: number): Levels | undefined {
  const image = checkedBaseline(bytes, name, pixelLimit);
  if (!image) return undefined;
  const data = new Uint8Array(image.width * image.height * 3);
  return decodeBaseline(bytes, image, data) ? { data, shape: [image.height, image.width, 3] } : undefined;
}

/**
 * The same as numbers in [0,1] into `target`, for an image that has the [height, width] wanted.
 *
 * @returns false for what is to be decoded otherwise; `target` may then be partly written
 */
export function decodeJpegInto(
  bytes: Uint8Array,
  name: string,
  pixelLimit: number,
  [height, width]: readonly [number, number],
  target: Float32Array,
): boolean {
  const image = checkedBaseline(bytes, name, pixelLimit);
  return image?.height === height && image.width === width && decodeBaseline(bytes, image, target);
}

/** The header, where the data can hold what it promises: a block takes two bits at least. */
function checkedBaseline(bytes: Uint8Array, name: string, pixelLimit: number): Baseline | undefined {
  const image = readBaseline(bytes);
  if (!image || !hasJpegEnd(bytes)) return undefined;
  const { width, height, dataAt } = image;
  checkPixels(name, width, height, pixelLimit);
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  return 2 * blocks <= 8 * (bytes.length - dataAt) ? image : undefined;
}
