// One image, one strip, no compression: header 8 bytes, directory of eleven entries, then the values.
const short = 3;
const long = 4;

/** Whether the values lie in memory as they do in the file; then they are copied in one go, a tenth of the time. */
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Writes a map as a float32 grayscale TIFF (TIFF 6.0, little-endian), which tifffile, Pillow, ImageJ and the MVTec
 * evaluation scripts read.
 *
 * @param map values [H,W], row-major
 * @param shape [H, W]
 * @throws when the shape does not fit the map, or the map holds NaN
 */
export function encodeFloatTiff(map: Float32Array, shape: readonly [number, number]): Uint8Array {
  const [height, width] = shape;
  if (!(height > 0 && width > 0) || map.length !== height * width) {
    throw new Error(`encodeFloatTiff: expected ${height}x${width} values, got ${map.length}`);
  }
  for (let i = 0; i < map.length; i++) {
    if (Number.isNaN(map[i])) throw new Error(`encodeFloatTiff: the map holds NaN at [${Math.floor(i / width)}, ${i % width}]`);
  }
  const entries: readonly (readonly [tag: number, type: number, value: number])[] = [
    [256, long, width],
    [257, long, height],
    [258, short, 32], // bits of a sample
    [259, short, 1], // no compression
    [262, short, 1], // 0 is black
    [273, long, 0], // where the strip begins, set below
    [277, short, 1], // samples of a pixel
    [278, long, height], // rows of the strip
    [279, long, map.length * 4], // bytes of the strip
    [284, short, 1], // samples side by side
    [339, short, 3], // IEEE floating point
  ];
  const start = Math.ceil((8 + 2 + entries.length * 12 + 4) / 16) * 16;
  const bytes = new Uint8Array(start + map.length * 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x002a4949, true); // "II", 42
  view.setUint32(4, 8, true);
  view.setUint16(8, entries.length, true);
  entries.forEach(([tag, type, value], i) => {
    const at = 10 + i * 12;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, 1, true);
    // A short stands in the first two of the four bytes: the same in little-endian.
    view.setUint32(at + 8, tag === 273 ? start : value, true);
  });
  if (isLittleEndian) new Float32Array(bytes.buffer, start).set(map);
  else for (let i = 0; i < map.length; i++) view.setFloat32(start + i * 4, map[i] as number, true);
  return bytes;
}
