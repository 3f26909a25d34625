import type { Levels } from '../decode-rgb.js';
import { expandPass } from './expand-pass.js';
import { inflateRows } from './inflate-rows.js';
import type { PngHeader } from './png-header.js';
import { pngPasses } from './png-passes.js';
import { readChunks } from './read-chunks.js';
import { unfilter } from './unfilter.js';

/**
 * Decodes a PNG of any colour type and depth to RGB levels: alpha, transparent colours, profiles and gamma are ignored, gray
 * fills all channels, 1 to 4 bits are spread over the full range.
 *
 * @param header its own, the number of pixels already checked
 * @param depth 16 gives a file of 16 bits its own levels, 8 their high byte
 * @throws what is wrong, without a file's name
 */
export async function decodePng(bytes: Uint8Array, header: PngHeader, depth: 8 | 16): Promise<Levels | Levels<Uint16Array>> {
  const { data, palette: found } = readChunks(bytes);
  const palette = header.colour === 3 ? found : undefined; // that of an RGB image is a hint for small screens
  if (header.colour === 3 && palette === undefined) throw new Error('its palette is missing');
  const stored = await inflateRows(data, header);
  const shape = [header.height, header.width, 3] as const;
  const step = Math.max(1, (header.samples * header.depth) / 8);
  const passes = pngPasses(header);
  const [first] = passes;
  if (first !== undefined && header.colour === 2 && header.depth === 8 && !header.interlaced) {
    return { data: unfilter(stored, first.rows, first.length, step), shape };
  }
  const levels = new (depth === 16 && header.depth === 16 ? Uint16Array : Uint8Array)(header.width * header.height * 3);
  let at = 0;
  for (const pass of passes) {
    const end = at + pass.rows * (1 + pass.length);
    expandPass(unfilter(stored.subarray(at, end), pass.rows, pass.length, step), pass, header, palette, levels);
    at = end;
  }
  return { data: levels, shape } as Levels | Levels<Uint16Array>;
}
