import { hostIsLittleEndian } from '../host-is-little-endian.js';

// One image, one strip, no compression: header 8 bytes, directory, what does not fit into it, then the values.
const short = 3;
const long = 4;

/**
 * A TIFF of float32 samples side by side (TIFF 6.0, little-endian).
 *
 * @param values [height, width, samples], row-major
 */
export function encodeTiff(values: Float32Array, [height, width, samples]: readonly [number, number, number]): Uint8Array {
  const each = (value: number): number[] => Array<number>(samples).fill(value);
  const entries: (readonly [tag: number, type: number, values: readonly number[]])[] = [
    [256, long, [width]],
    [257, long, [height]],
    [258, short, each(32)], // bits of a sample
    [259, short, [1]], // no compression
    [262, short, [1]], // 0 is black
    [273, long, [0]], // where the strip begins, set below
    [277, short, [samples]],
    [278, long, [height]], // rows of the strip
    [279, long, [values.length * 4]], // bytes of the strip
    [284, short, [1]], // samples side by side
    ...(samples > 1 ? [[338, short, each(0).slice(1)] as const] : []), // all but the first are no colours
    [339, short, each(3)], // IEEE floating point
  ];
  const extra = 8 + 2 + entries.length * 12 + 4; // where values that do not fit into four bytes go
  const start = Math.ceil((extra + entries.reduce((sum, entry) => sum + outside(entry[1], entry[2].length), 0)) / 16) * 16;
  const bytes = new Uint8Array(start + values.length * 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x002a4949, true); // "II", 42
  view.setUint32(4, 8, true);
  view.setUint16(8, entries.length, true);
  let next = extra;
  entries.forEach(([tag, type, content], i) => {
    const at = 10 + i * 12;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, content.length, true);
    let place = at + 8;
    const size = outside(type, content.length);
    if (size > 0) {
      view.setUint32(place, next, true);
      place = next;
      next += size;
    }
    for (const value of tag === 273 ? [start] : content) {
      if (type === short) view.setUint16(place, value, true);
      else view.setUint32(place, value, true);
      place += type === short ? 2 : 4;
    }
  });
  // Where values lie in memory as they do in the file, they are copied in one go, a tenth of the time.
  if (hostIsLittleEndian) new Float32Array(bytes.buffer, start).set(values);
  else for (let i = 0; i < values.length; i++) view.setFloat32(start + i * 4, values[i] as number, true);
  return bytes;
}

/** Bytes that an entry's values take outside the directory. */
function outside(type: number, count: number): number {
  const size = count * (type === short ? 2 : 4);
  return size > 4 ? size : 0;
}
