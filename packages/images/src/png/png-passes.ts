import type { PngHeader } from './png-header.js';

/** A part of a PNG's pixels that is stored as an image of its own. */
export interface PngPass {
  /** Pixels of one row, and rows. */
  readonly columns: number;
  readonly rows: number;
  /** Bytes of one row, its filter byte not counted. */
  readonly length: number;
  /** Pixel (row, column) of the pass is pixel (y + row * dy, x + column * dx) of the image. */
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

const whole = [[0, 0, 1, 1]] as const;
/** Adam7 (PNG specification, 8.2): first column, first row, column step, row step. */
const adam7 = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;

/** The parts in which a PNG's pixels are stored, those without pixels left out: one, or up to seven where it is interlaced. */
export function pngPasses({ width, height, samples, depth, interlaced }: PngHeader): PngPass[] {
  return (interlaced ? adam7 : whole)
    .map(([x, y, dx, dy]) => {
      const columns = Math.ceil((width - x) / dx);
      return { columns, rows: Math.ceil((height - y) / dy), length: Math.ceil((columns * samples * depth) / 8), x, y, dx, dy };
    })
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
}
