/**
 * Whether the marker of an image's end stands after its coded data begin (ITU T.81, B.1.1.3); a thumbnail's own does not count. Where it is
 * missing the last bits may still suffice, and libjpeg then says nothing.
 */
export function hasJpegEnd(bytes: Uint8Array): boolean {
  const dataAt = firstScan(bytes);
  for (let at = bytes.lastIndexOf(0xd9); at > dataAt; at = bytes.lastIndexOf(0xd9, at - 1)) if (bytes[at - 1] === 0xff) return true;
  return false;
}

/** Where the segment of the first scan begins; the file's length where there is none. */
function firstScan(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 4 <= bytes.length; at += 2 + view.getUint16(at + 2)) if (view.getUint16(at) === 0xffda) return at;
  return bytes.length;
}
