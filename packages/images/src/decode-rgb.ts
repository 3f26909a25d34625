import { brokenImage } from './broken-image.js';
import { decodeBmp } from './decode-bmp.js';
import { requireFormat } from './format.js';
import { decodeWithSharp } from './decode-with-sharp.js';
import { decodeJpeg } from './jpeg/decode-jpeg.js';
import { hasJpegEnd } from './jpeg/has-jpeg-end.js';
import { checkPixels } from './pixel-limit.js';
import { decodePng } from './png/decode-png.js';
import { readPngHeader } from './png/png-header.js';

/** A decoded image as it may cross to another thread: levels, row-major. */
export interface Levels<T extends Uint8Array | Uint16Array = Uint8Array> {
  readonly data: T;
  /** [height, width, 3] */
  readonly shape: readonly [number, number, 3];
}

/**
 * Decodes image bytes to RGB levels of 8 bits, or, with `depth` 16 and a file of 16 bits, to those.
 *
 * @throws one line that begins with `name`: not an image, broken, too large, or samples of another type than integers
 */
export async function decodeRgb(bytes: Uint8Array, name: string, pixelLimit: number): Promise<Levels>;
export async function decodeRgb(bytes: Uint8Array, name: string, pixelLimit: number, depth: 8 | 16): Promise<Levels | Levels<Uint16Array>>;
export async function decodeRgb(
  bytes: Uint8Array,
  name: string,
  pixelLimit: number,
  depth: 8 | 16 = 8,
): Promise<Levels | Levels<Uint16Array>> {
  const format = requireFormat(bytes, name);
  try {
    if (format === 'BMP') {
      const { data, width, height } = decodeBmp(bytes, name, pixelLimit);
      return { data, shape: [height, width, 3] };
    }
    if (format === 'PNG') {
      const header = readPngHeader(bytes);
      checkPixels(name, header.width, header.height, pixelLimit);
      return await decodePng(bytes, header, depth);
    }
    const known = format === 'JPEG' ? decodeJpeg(bytes, name, pixelLimit) : undefined;
    const levels = known ?? (await decodeWithSharp(bytes, name, pixelLimit, depth));
    if (format === 'JPEG' && known === undefined && !hasJpegEnd(bytes)) throw new Error('premature end of JPEG image');
    return levels;
  } catch (cause) {
    throw brokenImage(name, format, cause);
  }
}
