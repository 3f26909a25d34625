import type { Sharp } from 'sharp';
import type { Levels } from './decode-rgb.js';
import { sniffFormat } from './format.js';
import { readJpegHeader } from './jpeg-header.js';
import { openSharp } from './open-sharp.js';
import { checkPixels } from './pixel-limit.js';

/** What an image says of itself, in libvips's words. */
interface Description {
  readonly width: number;
  readonly height: number;
  readonly space: string;
  readonly depth: string;
}

/**
 * Decodes what libvips reads (JPEG, TIFF, WebP) to RGB levels of 8 bits, or, with `depth` 16 and a file of 16 bits, to those.
 *
 * @throws libvips's finding, or one line that begins with `name`
 */
export async function decodeWithSharp(
  bytes: Uint8Array,
  name: string,
  pixelLimit: number,
  depth: 8 | 16,
): Promise<Levels | Levels<Uint16Array>> {
  const image = openSharp(bytes);
  const { width, height, space, depth: samples } = describedJpeg(bytes) ?? (await described(image));
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

async function described(image: Sharp): Promise<Description> {
  const { width, height, space, depth } = await image.metadata();
  return { width, height, space, depth };
}

/** The same for a colour JPEG from its header: asking libvips takes a twentieth of the time that decoding takes. */
function describedJpeg(bytes: Uint8Array): Description | undefined {
  const header = sniffFormat(bytes) === 'JPEG' ? readJpegHeader(bytes) : undefined;
  if (header?.depth !== 8 || header.components !== 3) return undefined;
  return { width: header.width, height: header.height, space: 'srgb', depth: 'uchar' };
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
