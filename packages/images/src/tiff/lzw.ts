const clear = 256;
const end = 257;

/** Where the string of each code stands in the output, and its length: used by one call at a time. */
const starts = new Uint32Array(4096);
const lengths = new Uint16Array(4096);

/**
 * Inflates TIFF's variant of LZW (TIFF 6.0, section 13): codes of 9 to 12 bits, the high bit first, one bit more from one
 * code early. Every string of the table has just been written, so an entry is where it stands in the output.
 *
 * @param most bytes after which it stops
 * @returns what there is, maybe fewer bytes
 * @throws for a code that no string has
 */
export function inflateLzw(data: Uint8Array, most: number): Uint8Array {
  const out = new Uint8Array(most);
  let next = 258;
  let width = 9;
  let before = 0; // the string of the code before; of length 0 after a clear
  let beforeLength = 0;
  let buffer = 0;
  let held = 0; // bits in it
  let at = 0;
  let to = 0;
  while (to < most) {
    while (held < width && at < data.length) {
      buffer = ((buffer << 8) | (data[at++] as number)) & 0xfffff; // 20 bits: 11 left over and 8 new ones fit
      held += 8;
    }
    if (held < width) break;
    held -= width;
    const code = (buffer >> held) & ((1 << width) - 1);
    if (code === end) break;
    if (code === clear) {
      next = 258;
      width = 9;
      beforeLength = 0;
      continue;
    }
    if (beforeLength > 0 && next < 4096) {
      starts[next] = before; // the string before and the byte that follows it, which may be about to be written
      lengths[next++] = beforeLength + 1;
    }
    const from = code < clear ? to : (starts[code] as number);
    const length = code < clear ? 1 : (lengths[code] as number);
    if (code >= next) throw new Error(`LZW code ${code} stands for nothing yet`);
    if (code < clear) out[to] = code;
    else for (let i = 0, stop = Math.min(length, most - to); i < stop; i++) out[to + i] = out[from + i] as number;
    before = to;
    beforeLength = length;
    to += length;
    if (next + 1 >= 1 << width && width < 12) width++;
  }
  return out.subarray(0, Math.min(to, most));
}
