import ndarray, { type NdArray } from 'ndarray';
import { decodeRgb } from './decode-rgb.js';
import { defaultPixelLimit } from './pixel-limit.js';
import { readBytes } from './read-bytes.js';

/** How an image is decoded. */
export interface DecodeOptions {
  /** What errors call it (default: the path, or "image"). */
  readonly name?: string;
  /** Most pixels accepted (default 2^28): a header alone must not make us allocate gigabytes. */
  readonly pixelLimit?: number;
}

/**
 * Decodes JPEG, PNG, TIFF, WebP and BMP to RGB levels, equal to Pillow's `Image.open(file).convert('RGB')`: alpha is
 * dropped, colour profiles and EXIF orientation are ignored, gray fills all three channels. One difference: 16 bits are
 * brought to 8 by their high byte, where Pillow clips 16-bit gray at 255. The content tells the format, never the name.
 *
 * @param source a path, or the file's bytes
 * @returns levels 0..255, [H,W,3], dense
 * @throws one line that begins with the file's name: not an image, truncated or broken, too large, not readable
 */
export async function decodeImage(source: string | Uint8Array, options: DecodeOptions = {}): Promise<NdArray<Uint8Array>> {
  const name = options.name ?? (typeof source === 'string' ? source : 'image');
  const bytes = typeof source === 'string' ? await readBytes(source) : source;
  const { data, shape } = await decodeRgb(bytes, name, options.pixelLimit ?? defaultPixelLimit);
  return ndarray(data, [...shape]);
}
