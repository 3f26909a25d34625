import { inflateRows } from './inflate-rows.js';
import type { PngHeader } from './png-header.js';
import { pngPasses } from './png-passes.js';
import { readChunks } from './read-chunks.js';
import { unfilter } from './unfilter.js';
import { unpackRow } from './unpack-row.js';

/**
 * The levels of a gray PNG of 8 or 16 bits as they are, [H,W].
 *
 * @param header its own: colour type 0, 8 or 16 bits, the number of pixels already checked
 * @throws what is wrong, without a file's name
 */
export async function decodeGrayPng(bytes: Uint8Array, header: PngHeader): Promise<Float32Array> {
  const stored = await inflateRows(readChunks(bytes).data, header);
  const levels = new Float32Array(header.width * header.height);
  let at = 0;
  for (const { rows, columns, length, x, y, dx, dy } of pngPasses(header)) {
    const end = at + rows * (1 + length);
    const samples = unfilter(stored.subarray(at, end), rows, length, header.depth / 8);
    const unpacked = new Uint16Array(columns);
    for (let row = 0; row < rows; row++) {
      unpackRow(samples.subarray(row * length, (row + 1) * length), header.depth, 1, true, unpacked);
      const first = (y + row * dy) * header.width + x;
      for (let column = 0; column < columns; column++) levels[first + column * dx] = unpacked[column] as number;
    }
    at = end;
  }
  return levels;
}

/** What a PNG is, for people: `an RGB image of 8 bits, 3 channels`. */
export function describePng({ colour, depth, samples }: PngHeader): string {
  const kind = { 0: 'a gray', 2: 'an RGB', 3: 'a palette', 4: 'a gray', 6: 'an RGB' }[colour];
  const alpha = colour === 4 || colour === 6 ? ' with alpha' : '';
  return `${kind} image${alpha} of ${depth} bit${depth === 1 ? '' : 's'}, ${samples} channel${samples === 1 ? '' : 's'}`;
}
