import { resizeBilinear } from '@blemish/raster';
import ndarray from 'ndarray';
import { decodeRgb, type Levels } from './decode-rgb.js';
import { defaultPixelLimit } from './pixel-limit.js';
import { readBytes } from './read-bytes.js';

/** An image as it crosses from a worker: plain levels, at the size asked for. */
export interface DecodedLevels extends Levels {
  /** [height, width] of the file itself. */
  readonly originalSize: readonly [number, number];
}

/**
 * Reads, decodes and resizes one file: what a worker does for each, and what is done in place where there is none.
 *
 * @param size [height, width] wanted; the image's own where absent
 * @param bytes the file's content, where it is read already
 * @throws as `decodeImage` does
 */
export async function decodeAndResize(path: string, size?: readonly [number, number], bytes?: Uint8Array): Promise<DecodedLevels> {
  const levels = await decodeRgb(bytes ?? (await readBytes(path)), path, defaultPixelLimit);
  const [height, width] = levels.shape;
  if (size === undefined || (size[0] === height && size[1] === width)) return { ...levels, originalSize: [height, width] };
  const resized = resizeBilinear(ndarray(levels.data, [...levels.shape]), size);
  return { data: resized.data, shape: [size[0], size[1], 3], originalSize: [height, width] };
}
