import type { PngHeader } from './png-header.js';
import type { PngPass } from './png-passes.js';
import { unpackRow } from './unpack-row.js';

/**
 * Spreads the samples of one pass over the image: palette looked up, gray in all channels, alpha dropped.
 *
 * @param samples as they are stored, [rows, length] bytes
 * @param palette RGB of each entry, where samples are its indices
 * @param levels the image [H,W,3]; of 16 bits where a file of 16 bits is to keep them
 */
export function expandPass(
  samples: Uint8Array,
  { columns, rows, length, x, y, dx, dy }: PngPass,
  { width, depth, colour, samples: perPixel }: PngHeader,
  palette: Uint8Array | undefined,
  levels: Uint8Array | Uint16Array,
): void {
  const colours = palette && paddedPalette(palette);
  const unpacked = new Uint16Array(columns * perPixel);
  const scale = depth < 8 && colour === 0 ? 255 / (2 ** depth - 1) : 1;
  const wide = levels instanceof Uint16Array;
  const [green, blue] = colour === 2 || colour === 6 ? [1, 2] : [0, 0];
  for (let row = 0; row < rows; row++) {
    unpackRow(samples.subarray(row * length, (row + 1) * length), depth, scale, wide, unpacked);
    let to = ((y + row * dy) * width + x) * 3;
    for (let column = 0, from = 0; column < columns; column++, from += perPixel, to += dx * 3) {
      if (colours) {
        const entry = (unpacked[from] as number) * 3;
        levels[to] = colours[entry] as number;
        levels[to + 1] = colours[entry + 1] as number;
        levels[to + 2] = colours[entry + 2] as number;
      } else {
        levels[to] = unpacked[from] as number;
        levels[to + 1] = unpacked[from + green] as number;
        levels[to + 2] = unpacked[from + blue] as number;
      }
    }
  }
}

/** 256 entries: those that a palette leaves out are black. */
function paddedPalette(palette: Uint8Array): Uint8Array {
  const colours = new Uint8Array(256 * 3);
  colours.set(palette.subarray(0, colours.length));
  return colours;
}
