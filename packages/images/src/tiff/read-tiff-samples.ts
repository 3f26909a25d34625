import { blockSamples } from './block-samples.js';
import { compressionOf } from './inflate-block.js';
import type { TiffLayout } from './tiff-layout.js';

/**
 * All samples of a TIFF as float32: whole numbers beyond 2^24 and doubles are rounded. Strips or tiles, samples side by side
 * or in planes, uncompressed, LZW, deflate or PackBits, with any predictor.
 *
 * What it allocates is no more than 8 times the samples' own bytes, and those are no more than the file's bytes, or where it is
 * compressed 64 (PackBits), 1032 (deflate) or 2560 (LZW) times them: a header that promises more is refused first.
 *
 * @param layout the file's own; its samples `isReadable`
 * @returns [H,W,samples], row-major
 * @throws what is wrong, without a file's name; with it, where the compression is not read
 */
export function readTiffSamples(bytes: Uint8Array, layout: TiffLayout, name: string): Float32Array {
  const { width, height, samples, planes, across, down, blockWidth, blockHeight, tiled, bits, block } = layout;
  const compression = compressionOf(layout.compression, name);
  const step = samples / planes; // samples of a pixel in one block
  const rowBytes = (blockWidth * step * bits) / 8;
  const rowsOf = (y: number): number => (tiled ? blockHeight : Math.min(blockHeight, height - y * blockHeight));
  const blocks = across * down * planes;
  const blockRow = (index: number): number => Math.floor(index / across) % down;
  let stored = 0;
  for (let index = 0; index < blocks; index++) {
    const [offset, length] = block(index);
    stored += length;
    if (offset + length > bytes.length) throw new Error(`block ${index} of its pixels lies outside the file`);
    // Blocks that share bytes would make any number of pixels out of a few.
    if (stored > bytes.length) throw new Error('the blocks of its pixels overlap');
    const needed = rowsOf(blockRow(index)) * rowBytes;
    if (needed > length * compression.ratio) throw new Error(`block ${index} of its pixels has ${length} bytes, ${needed} cannot be in them`);
  }
  const data = new Float32Array(width * height * samples);
  for (let index = 0; index < blocks; index++) {
    const [x, y, plane] = [index % across, blockRow(index), Math.floor(index / (across * down))];
    const [offset, length] = block(index);
    const rows = rowsOf(y);
    const inflated = compression.inflate(bytes.subarray(offset, offset + length), blockHeight * rowBytes);
    if (inflated.length < rows * rowBytes) throw new Error(`block ${index} of its pixels ends after ${inflated.length} of ${rows * rowBytes} bytes`);
    const values = blockSamples(inflated, layout, rows);
    const columns = Math.min(blockWidth, width - x * blockWidth);
    for (let row = 0; row < Math.min(rows, height - y * blockHeight); row++) {
      const from = row * blockWidth * step;
      const to = ((y * blockHeight + row) * width + x * blockWidth) * samples + (planes > 1 ? plane : 0);
      if (step === samples) data.set(values.subarray(from, from + columns * step), to);
      else for (let column = 0; column < columns; column++) data[to + column * samples] = values[from + column] as number;
    }
  }
  return data;
}
