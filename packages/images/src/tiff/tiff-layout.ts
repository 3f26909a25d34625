import { checkPixels } from '../pixel-limit.js';
import { readTiffDirectory, tiffTags as tags } from './tiff-directory.js';

/** How a TIFF's samples lie in the file. */
export interface TiffLayout {
  readonly width: number;
  readonly height: number;
  /** Samples of a pixel, all of the same kind. */
  readonly samples: number;
  /** Bits of one sample. */
  readonly bits: number;
  /** 1 unsigned, 2 signed, 3 floating point. */
  readonly format: number;
  /** 0 white is zero, 1 black is zero, 2 RGB, 3 palette, 5 ink, 6 YCbCr; undefined where the file does not say. */
  readonly photometric: number | undefined;
  readonly compression: number;
  readonly predictor: number;
  readonly littleEndian: boolean;
  /** Whether blocks are tiles, which are whole at the edges too, or strips. */
  readonly tiled: boolean;
  readonly blockWidth: number;
  readonly blockHeight: number;
  /** Blocks of one plane: side by side, and below each other. */
  readonly across: number;
  readonly down: number;
  /** 1 where a pixel's samples lie side by side, else the number of samples. */
  readonly planes: number;
  /** Where block `index` begins, and how many bytes it has. */
  readonly block: (index: number) => readonly [offset: number, length: number];
}

/**
 * The layout of a TIFF's first image.
 *
 * @param limit most pixels
 * @throws what is wrong, without a file's name; with it, where the image has too many pixels
 */
export function readTiffLayout(bytes: Uint8Array, name: string, limit: number): TiffLayout {
  const directory = readTiffDirectory(bytes);
  const value = (tag: keyof typeof tags, fallback?: number): number => {
    const found = directory.value(tags[tag]) ?? fallback;
    if (found === undefined) throw new Error(`it does not say its ${tag}`);
    return found;
  };
  const [width, height] = [value('width'), value('height')];
  checkPixels(name, width, height, limit);
  const samples = value('samples', 1);
  if (!(samples >= 1 && samples <= 65535)) throw new Error(`it has ${samples} samples a pixel`);
  const [bits, format] = [value('bits', 1), value('sampleFormat', 1)];
  for (const tag of [tags.bits, tags.sampleFormat]) {
    for (let i = 1; i < Math.min(samples, directory.count(tag)); i++) {
      if (directory.value(tag, i) !== directory.value(tag)) throw new Error('its samples are of several kinds');
    }
  }
  const planar = value('planar', 1);
  if (planar !== 1 && planar !== 2) throw new Error(`planar configuration ${planar} does not exist`);
  if (value('fillOrder', 1) !== 1) throw new Error('the bits of its bytes run backwards');
  const tiled = directory.count(tags.tileOffsets) > 0;
  const blockWidth = tiled ? value('tileWidth') : width;
  const blockHeight = tiled ? value('tileHeight') : Math.min(value('rowsPerStrip', height), height);
  if (!(blockWidth > 0 && blockHeight > 0)) throw new Error(`its blocks are of ${blockWidth}x${blockHeight}`);
  const [offsets, lengths] = tiled ? [tags.tileOffsets, tags.tileByteCounts] : [tags.stripOffsets, tags.stripByteCounts];
  return {
    width,
    height,
    samples,
    bits,
    format: format === 4 ? 1 : format, // 4: undefined, read as unsigned
    photometric: directory.value(tags.photometric),
    compression: value('compression', 1),
    predictor: value('predictor', 1),
    littleEndian: directory.littleEndian,
    tiled,
    blockWidth,
    blockHeight,
    across: Math.ceil(width / blockWidth),
    down: Math.ceil(height / blockHeight),
    planes: planar === 2 ? samples : 1,
    block(index) {
      const [offset, length] = [directory.value(offsets, index), directory.value(lengths, index)];
      if (offset === undefined || length === undefined) throw new Error(`block ${index} of its pixels is missing`);
      return [offset, length];
    },
  };
}

const kinds: Readonly<Record<number, string>> = { 0: 'a gray', 1: 'a gray', 2: 'an RGB', 3: 'a palette', 5: 'a CMYK', 6: 'a YCbCr' };
const types: Readonly<Record<number, string>> = { 2: ' (signed)', 3: ' (floating point)' };

/** What an image is, for people: `an RGB image of 8 bits, 3 channels`. */
export function describeTiff({ photometric = 1, bits, samples, format }: TiffLayout): string {
  const size = `${bits} bit${bits === 1 ? '' : 's'}${types[format] ?? ''}`;
  return `${kinds[photometric] ?? 'an'} image of ${size}, ${samples} channel${samples === 1 ? '' : 's'}`;
}
