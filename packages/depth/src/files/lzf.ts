/** A back reference of three bytes makes 264: no LZF data hold more than this times their length. */
export const lzfRatio = 88;

/**
 * Inflates LZF data, Marc Lehmann's format. A byte below 32 begins a run of that many plus one literal bytes; a larger one
 * a copy from the output: three bits of length (7 means that a byte more follows), 13 bits of distance.
 *
 * @param length bytes that come out, already checked against `lzfRatio`
 * @throws what is wrong, without a file's name
 */
export function inflateLzf(data: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let to = 0;
  for (let at = 0; at < data.length; ) {
    const control = data[at++] as number;
    if (control < 32) {
      const count = control + 1;
      if (at + count > data.length || to + count > length) throw new Error('its compressed data end within a run, or exceed their length');
      out.set(data.subarray(at, at + count), to);
      at += count;
      to += count;
      continue;
    }
    let count = (control >> 5) + 2;
    if (count === 9) count += data[at++] ?? 0;
    if (at >= data.length) throw new Error('its compressed data end within a copy');
    const distance = ((control & 31) << 8) + (data[at++] as number) + 1;
    if (distance > to || to + count > length) throw new Error('its compressed data copy from outside themselves');
    for (let i = 0; i < count; i++, to++) out[to] = out[to - distance] as number; // may overlap: byte by byte
  }
  if (to !== length) throw new Error(`its compressed data hold ${to} bytes, not ${length}`);
  return out;
}
