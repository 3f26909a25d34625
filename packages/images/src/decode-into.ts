import { unitRange } from '@blemish/raster';
import { decodeAndResize } from './decode-and-resize.js';
import { sniffFormat } from './format.js';
import { decodeJpegInto } from './jpeg/decode-jpeg.js';
import { defaultPixelLimit } from './pixel-limit.js';
import { readBytes, readBytesNow } from './read-bytes.js';

/**
 * Reads, decodes and resizes one file into numbers in [0,1], [h,w,3].
 *
 * @param size [height, width] wanted
 * @param ownThread nothing else waits for this thread: it may wait for the disk
 * @returns [height, width] of the file itself
 * @throws as `decodeImage` does
 */
export async function decodeInto(
  path: string,
  size: readonly [number, number],
  target: Float32Array,
  ownThread = false,
): Promise<readonly [number, number]> {
  const bytes = ownThread ? readBytesNow(path) : await readBytes(path);
  if (sniffFormat(bytes) === 'JPEG' && decodeJpegInto(bytes, path, defaultPixelLimit, size, target)) return size;
  const { data, originalSize } = await decodeAndResize(path, size, bytes);
  unitRange(data, target);
  return originalSize;
}
