import { brokenImage } from './broken-image.js';
import { decodeBmp } from './decode-bmp.js';
import { requireFormat } from './format.js';
import { openSharp } from './open-sharp.js';
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
    return await sharpLevels(bytes, name, pixelLimit, depth);
  } catch (cause) {
    if (cause instanceof Error && cause.message.startsWith(`${name}: `)) throw cause;
    throw brokenImage(name, format, cause);
  }
}

async function sharpLevels(
  bytes: Uint8Array,
  name: string,
  pixelLimit: number,
  depth: 8 | 16,
): Promise<Levels | Levels<Uint16Array>> {
  const image = openSharp(bytes);
  const { width, height, space, depth: samples } = await image.metadata();
  checkPixels(name, width, height, pixelLimit);
  if (samples !== 'uchar' && samples !== 'ushort') {
    throw new Error(`${name}: expected levels of 8 or 16 bits, got samples of type ${samples}; float TIFF files are read as maps`);
  }
  const shape = [height, width, 3] as const;
  if (space === 'cmyk') {
    const { data } = await image.pipelineColourspace('cmyk').toColourspace('cmyk').raw().toBuffer({ resolveWithObject: true });
    return { data: cmykToRgb(data), shape };
  }
  const wide = depth === 16 && samples === 'ushort';
  const { data, info } = await image
    .toColourspace(wide ? 'rgb16' : 'srgb')
    .removeAlpha()
    .raw({ depth: wide ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const levels = wide ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (info.channels !== 3) throw new Error(`${name}: expected 3 channels after conversion to RGB, got ${info.channels}`);
  return { data: levels, shape } as Levels | Levels<Uint16Array>;
}

/** Ink to light as Pillow does, without a profile: (1 - c)(1 - k) in whole levels. [N,4] -> [N,3] */
function cmykToRgb(ink: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((ink.length / 4) * 3);
  for (let from = 0, to = 0; from < ink.length; from += 4) {
    const light = 255 - (ink[from + 3] as number);
    for (let c = 0; c < 3; c++) {
      const product = (ink[from + c] as number) * light + 128;
      rgb[to++] = Math.max(0, light - (((product >> 8) + product) >> 8));
    }
  }
  return rgb;
}
