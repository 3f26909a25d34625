import { hostIsLittleEndian } from '../host-is-little-endian.js';
import type { TiffLayout } from './tiff-layout.js';

/** Samples as they are stored, in this machine's byte order. */
export type Samples = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

type SamplesConstructor = new (buffer: ArrayBufferLike, offset: number, length: number) => Samples;

/** By sample format (1 unsigned, 2 signed, 3 floating point) and bits. */
const kinds: Readonly<Record<string, SamplesConstructor>> = {
  '1:8': Uint8Array, '1:16': Uint16Array, '1:32': Uint32Array,
  '2:8': Int8Array, '2:16': Int16Array, '2:32': Int32Array,
  '3:32': Float32Array, '3:64': Float64Array,
};
const whole: Readonly<Record<number, SamplesConstructor>> = { 8: Uint8Array, 16: Uint16Array, 32: Uint32Array };

/** Whether samples of this kind are read at all. */
export function isReadable({ format, bits }: TiffLayout): boolean {
  return Object.hasOwn(kinds, `${format}:${bits}`);
}

/**
 * An inflated block as samples: its predictor taken back, its bytes in this machine's order.
 *
 * @param block its bytes, `rows` rows of the block's width; changed in place unless the file is uncompressed
 * @throws what is wrong, without a file's name
 */
export function blockSamples(block: Uint8Array, layout: TiffLayout, rows: number): Samples {
  const { format, bits, littleEndian, samples, planes, blockWidth, compression } = layout;
  const Kind = kinds[`${format}:${bits}`] as SamplesConstructor;
  const step = planes === 1 ? samples : 1; // samples of a pixel here
  const [bytes, count] = [bits / 8, rows * blockWidth * step];
  // Only LZW and deflate have predictors; libtiff ignores the tag elsewhere.
  const predictor = compression === 1 || compression === 32773 ? 1 : layout.predictor;
  if (predictor === 3) {
    if (format !== 3) throw new Error('predictor 3 is for floating point');
    const ordered = takeBackFloat(block.subarray(0, count * bytes), blockWidth * step, step, bytes);
    return new Kind(ordered.buffer, 0, count);
  }
  let own = block.subarray(0, count * bytes);
  if (own.byteOffset % bytes !== 0) own = new Uint8Array(own);
  if (bytes > 1 && littleEndian !== hostIsLittleEndian) own = swapped(own, bytes);
  if (predictor === 2) {
    const Whole = whole[bits];
    if (!Whole) throw new Error(`predictor 2 is not read for ${bits} bits`);
    addAlong(new Whole(own.buffer, own.byteOffset, count), blockWidth * step, step);
  } else if (predictor !== 1) throw new Error(`predictor ${predictor} does not exist`);
  return new Kind(own.buffer, own.byteOffset, count);
}

/** Predictor 2 stores differences from the pixel to the left. */
function addAlong(samples: Samples, rowLength: number, step: number): void {
  for (let row = 0; row < samples.length; row += rowLength) {
    for (let i = row + step; i < row + rowLength; i++) samples[i] = (samples[i] as number) + (samples[i - step] as number);
  }
}

/** Predictor 3 (Adobe's TIFF technical note 3): differences of bytes, a row's most significant bytes first. */
function takeBackFloat(block: Uint8Array, values: number, step: number, bytes: number): Uint8Array {
  const out = new Uint8Array(block.length);
  const rowLength = values * bytes;
  for (let row = 0; row < block.length; row += rowLength) {
    addAlong(block.subarray(row, row + rowLength), rowLength, step);
    for (let k = 0; k < bytes; k++) {
      const place = hostIsLittleEndian ? bytes - 1 - k : k;
      for (let i = 0, from = row + k * values; i < values; i++) out[row + i * bytes + place] = block[from + i] as number;
    }
  }
  return out;
}

/** A copy with the bytes of each value turned round. */
function swapped(block: Uint8Array, bytes: number): Uint8Array {
  const out = new Uint8Array(block.length);
  for (let i = 0; i < block.length; i += bytes) for (let k = 0; k < bytes; k++) out[i + k] = block[i + bytes - 1 - k] as number;
  return out;
}
