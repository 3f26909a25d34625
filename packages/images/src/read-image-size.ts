import { brokenImage } from './broken-image.js';
import { bmpSize } from './decode-bmp.js';
import { requireFormat } from './format.js';
import { openSharp } from './open-sharp.js';
import { defaultPixelLimit, checkPixels } from './pixel-limit.js';
import { readPngHeader } from './png/png-header.js';
import { readHead } from './read-bytes.js';

/**
 * An image's [height, width] from its header alone, EXIF orientation ignored as `decodeImage` ignores it.
 *
 * @throws one line that begins with the path: no such file, a folder, not an image, a broken header, too many pixels
 */
export async function readImageSize(path: string): Promise<[number, number]> {
  const head = await readHead(path, 64);
  const format = requireFormat(head, path);
  try {
    const { width, height } = await headerSize(path, head, format);
    checkPixels(path, width, height, defaultPixelLimit);
    return [height, width];
  } catch (cause) {
    throw brokenImage(path, format, cause);
  }
}

async function headerSize(path: string, head: Uint8Array, format: string): Promise<{ width: number; height: number }> {
  if (format === 'PNG') return readPngHeader(head);
  if (format === 'BMP') return bmpSize(head);
  return openSharp(path).metadata();
}
