/**
 * Inflates PackBits (TIFF 6.0, section 9): n from 0 to 127 and n + 1 bytes as they are, or n from -127 to -1 and a byte 1 - n
 * times; -128 is nothing.
 *
 * @param most bytes after which it stops
 * @returns what there is, maybe fewer bytes
 */
export function unpackBits(data: Uint8Array, most: number): Uint8Array {
  const out = new Uint8Array(most);
  let to = 0;
  for (let at = 0; at < data.length && to < most; ) {
    const control = data[at++] as number;
    if (control === 128) continue;
    if (control < 128) {
      const run = data.subarray(at, at + Math.min(control + 1, most - to));
      out.set(run, to);
      to += run.length;
      at += control + 1;
    } else {
      const stop = Math.min(to + 257 - control, most);
      if (at < data.length) out.fill(data[at++] as number, to, stop);
      to = stop;
    }
  }
  return out.subarray(0, to);
}
