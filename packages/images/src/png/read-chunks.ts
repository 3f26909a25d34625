import { crc32 } from './crc32.js';

/** The chunks of a PNG that its pixels need. */
export interface PngChunks {
  /** The IDAT chunks put together: all rows, deflated. */
  readonly data: Uint8Array;
  /** RGB of each entry, where there is a palette. */
  readonly palette: Uint8Array | undefined;
}

const [IDAT, PLTE, IEND] = [0x49444154, 0x504c5445, 0x49454e44];

/**
 * Finds them. Checksums of IDAT chunks are not verified: their content has one of its own, of the inflated data.
 *
 * @throws what is wrong, without a file's name
 */
export function readChunks(bytes: Uint8Array): PngChunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let palette: Uint8Array | undefined;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const [length, kind] = [view.getUint32(at), view.getUint32(at + 4)];
    const content = bytes.subarray(at + 8, at + 8 + length);
    const next = at + 12 + length;
    if (kind === IEND) break;
    if (kind === IDAT || kind === PLTE) {
      if (next > bytes.length) throw new Error('it ends within its data');
    }
    if (kind === IDAT) parts.push(content);
    if (kind === PLTE) {
      if (view.getUint32(next - 4) !== crc32(bytes.subarray(at + 4, next - 4))) throw new Error('the checksum of its palette is wrong');
      palette = content;
    }
    at = next;
  }
  return { data: parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts), palette };
}
