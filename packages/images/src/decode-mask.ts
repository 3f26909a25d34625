import type { DecodeOptions } from './decode-image.js';
import { decodeRgb } from './decode-rgb.js';
import { defaultPixelLimit } from './pixel-limit.js';
import { readBytes } from './read-bytes.js';

/** A ground-truth mask. */
export interface Mask {
  /** Gray levels [H,W], row-major; a defect wherever above 0. */
  readonly data: Uint8Array;
  /** [height, width] */
  readonly shape: readonly [number, number];
}

/**
 * Decodes a mask of any image format to gray levels. A coloured mask gives its largest channel, and 16 bits their high
 * byte but never 0 for a level above 0, so that what is drawn stays a defect.
 *
 * @param source a path, or the file's bytes
 * @throws as `decodeImage` does
 */
export async function decodeMask(source: string | Uint8Array, options: DecodeOptions = {}): Promise<Mask> {
  const name = options.name ?? (typeof source === 'string' ? source : 'mask');
  const bytes = typeof source === 'string' ? await readBytes(source) : source;
  const { data, shape } = await decodeRgb(bytes, name, options.pixelLimit ?? defaultPixelLimit, 16);
  const shift = data instanceof Uint16Array ? 8 : 0;
  const mask = new Uint8Array(shape[0] * shape[1]);
  for (let i = 0; i < mask.length; i++) {
    const level = Math.max(data[i * 3] as number, data[i * 3 + 1] as number, data[i * 3 + 2] as number);
    mask[i] = level > 0 ? Math.max(1, level >> shift) : 0;
  }
  return { data: mask, shape: [shape[0], shape[1]] };
}
