import { deflateSync } from 'node:zlib';
import { crc32 } from '../png/crc32.js';

/** A PNG written sample by sample, so that tests do not lean on the decoder's own library. */
export interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly depth: 1 | 2 | 4 | 8 | 16;
  /** 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha. */
  readonly colour: 0 | 2 | 3 | 4 | 6;
  /** Samples [H,W,samples of the colour type]. */
  readonly samples: ArrayLike<number>;
  /** RGB of each palette entry. */
  readonly palette?: Uint8Array;
  readonly interlaced?: boolean;
  /** What the header says instead of the truth. */
  readonly lie?: { readonly width?: number; readonly height?: number; readonly depth?: number; readonly colour?: number; readonly compression?: number };
  /** Further chunks, before the data. */
  readonly chunks?: readonly (readonly [name: string, content: Buffer])[];
}

const passes = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;

export function writePng(parts: PngParts): Uint8Array {
  const { width, height, depth, colour, palette, interlaced = false, lie = {}, chunks = [] } = parts;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(lie.width ?? width, 0);
  header.writeUInt32BE(lie.height ?? height, 4);
  header.set([lie.depth ?? depth, lie.colour ?? colour, lie.compression ?? 0, 0, interlaced ? 1 : 0], 8);
  const rows = (interlaced ? passes : [[0, 0, 1, 1] as const]).flatMap((pass) => passRows(parts, pass));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', Buffer.from(palette))] : []),
    ...chunks.map(([name, content]) => chunk(name, content)),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The rows of one pass, each behind its filter byte 0. */
function passRows({ width, height, depth, colour, samples }: PngParts, [x0, y0, dx, dy]: readonly [number, number, number, number]): Buffer[] {
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colour];
  const rows: Buffer[] = [];
  for (let y = y0; y < height && x0 < width; y += dy) {
    const bits: number[] = [];
    for (let x = x0; x < width; x += dx)
      for (let c = 0; c < channels; c++)
        for (let bit = depth - 1; bit >= 0; bit--) bits.push(((samples[(y * width + x) * channels + c] as number) >> bit) & 1);
    const row = Buffer.alloc(1 + Math.ceil(bits.length / 8));
    bits.forEach((bit, i) => (row[1 + (i >> 3)] = (row[1 + (i >> 3)] as number) | (bit << (7 - (i & 7)))));
    rows.push(row);
  }
  return rows;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
