/** What a JPEG file says about itself. */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of one sample. */
  readonly depth: number;
  /** 1 gray, 3 colour, 4 ink. */
  readonly components: number;
}

/** The frame header of a JPEG (ITU T.81, B.2.2); undefined where it is not found, or leaves the height to be told later. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 10 <= bytes.length; ) {
    const [prefix, marker] = [view.getUint8(at), view.getUint8(at + 1)];
    if (prefix !== 0xff || marker < 0xc0) return undefined;
    const isFrame = marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker); // Huffman tables, reserved, arithmetic conditioning
    if (isFrame) {
      const [depth, height, width, components] = [view.getUint8(at + 4), view.getUint16(at + 5), view.getUint16(at + 7), view.getUint8(at + 9)];
      return height > 0 ? { width, height, depth, components } : undefined;
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
