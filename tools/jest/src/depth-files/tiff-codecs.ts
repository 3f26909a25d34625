/** TIFF's LZW (TIFF 6.0, section 13), by a table of strings. */
export function encodeLzw(data: Uint8Array): Uint8Array {
  const bits: number[] = [];
  let table = new Map<string, number>();
  let [next, width] = [258, 9];
  const emit = (code: number): void => {
    for (let bit = width - 1; bit >= 0; bit--) bits.push((code >> bit) & 1);
  };
  const codeOf = (text: string): number => (text.includes(',') ? (table.get(text) as number) : Number(text));
  const added = (): void => {
    next++;
    if (next === 1 << width) width++;
  };
  emit(256);
  let current = '';
  for (const byte of data) {
    const longer = current === '' ? String(byte) : `${current},${byte}`;
    if (current === '' || table.has(longer)) {
      current = longer;
      continue;
    }
    emit(codeOf(current));
    table.set(longer, next);
    added();
    if (next === 4095) {
      emit(256);
      table = new Map();
      [next, width] = [258, 9];
    }
    current = String(byte);
  }
  if (current !== '') {
    emit(codeOf(current));
    added();
  }
  emit(257);
  while (bits.length % 8 !== 0) bits.push(0);
  return Uint8Array.from({ length: bits.length / 8 }, (_, i) => bits.slice(i * 8, i * 8 + 8).reduce((byte, bit) => byte * 2 + bit, 0));
}

/** PackBits: runs of 2 to 128 equal bytes, else single literals. */
export function encodePackBits(data: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < data.length; ) {
    let run = 1;
    while (run < 128 && at + run < data.length && data[at + run] === data[at]) run++;
    out.push(run === 1 ? 0 : 257 - run, data[at] as number);
    at += run;
  }
  return Uint8Array.from(out);
}
