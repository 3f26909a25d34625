import { crc32 } from './crc32.js';

/** What a PNG file says about itself in its first chunk. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of one sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  /** Samples of one pixel; a palette index is one. */
  readonly samples: number;
  readonly interlaced: boolean;
}

const samplesOfColour: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The header of a PNG (PNG specification, 11.2.2), its checksum verified. Throws what is wrong, without a file's name. */
export function readPngHeader(bytes: Uint8Array): PngHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33) throw new Error('it ends within its header');
  if (view.getUint32(8) !== 13 || view.getUint32(12) !== 0x49484452) throw new Error('its first chunk is no header');
  if (view.getUint32(29) !== crc32(bytes.subarray(12, 29))) throw new Error('the checksum of its header is wrong');
  const samples = samplesOfColour[view.getUint8(25)];
  if (samples === undefined) throw new Error(`colour type ${view.getUint8(25)} does not exist`);
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    depth: view.getUint8(24),
    samples,
    interlaced: view.getUint8(28) === 1,
  };
}

/** Bytes of all rows as the filter leaves them, one filter byte before each row; and of the longest row. */
export function pngDataSize(header: PngHeader): { total: number; row: number } {
  const rowBytes = (width: number): number => 1 + Math.ceil((width * header.samples * header.depth) / 8);
  const row = rowBytes(header.width);
  if (!header.interlaced) return { total: row * header.height, row };
  // Adam7: the seven passes by first column, first row, column step, row step.
  const passes = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;
  let total = 0;
  for (const [x, y, dx, dy] of passes) {
    const columns = Math.ceil((header.width - x) / dx);
    const rows = Math.ceil((header.height - y) / dy);
    if (columns > 0 && rows > 0) total += rowBytes(columns) * rows;
  }
  return { total, row };
}
