import { crc32 } from './crc32.js';

/** What a PNG file says about itself in its first chunk. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of one sample: 1, 2, 4, 8 or 16. */
  readonly depth: 1 | 2 | 4 | 8 | 16;
  /** 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha. */
  readonly colour: 0 | 2 | 3 | 4 | 6;
  /** Samples of one pixel; a palette index is one. */
  readonly samples: number;
  readonly interlaced: boolean;
}

/** Samples of a pixel and the depths of each colour type. */
const colours: Readonly<Record<number, { readonly samples: number; readonly depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

/** The header of a PNG (PNG specification, 11.2.2), its checksum verified. Throws what is wrong, without a file's name. */
export function readPngHeader(bytes: Uint8Array): PngHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33) throw new Error('it ends within its header');
  if (view.getUint32(8) !== 13 || view.getUint32(12) !== 0x49484452) throw new Error('its first chunk is no header');
  if (view.getUint32(29) !== crc32(bytes.subarray(12, 29))) throw new Error('the checksum of its header is wrong');
  const [depth, colour, compression, filter, interlace] = bytes.subarray(24, 29) as unknown as [number, number, number, number, number];
  const kind = colours[colour];
  if (kind === undefined) throw new Error(`colour type ${colour} does not exist`);
  if (!kind.depths.includes(depth)) throw new Error(`${depth} bits do not exist for colour type ${colour}`);
  if (compression !== 0 || filter !== 0 || interlace > 1) {
    throw new Error(`compression ${compression}, filter ${filter}, interlace ${interlace} does not exist`);
  }
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    depth: depth as PngHeader['depth'],
    colour: colour as PngHeader['colour'],
    samples: kind.samples,
    interlaced: interlace === 1,
  };
}
