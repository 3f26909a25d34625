/** A row's samples one by one, times `scale`; of 16 bits the high byte unless `wide`. */
export function unpackRow(row: Uint8Array, depth: number, scale: number, wide: boolean, target: Uint16Array): void {
  if (depth === 16) {
    for (let i = 0; i < target.length; i++) {
      const high = row[2 * i] as number;
      target[i] = wide ? (high << 8) | (row[2 * i + 1] as number) : high;
    }
  } else if (depth === 8) target.set(row);
  else {
    const [perByte, mask] = [8 / depth, 2 ** depth - 1];
    for (let i = 0; i < target.length; i++) {
      const shift = 8 - depth * (1 + (i % perByte));
      target[i] = (((row[Math.floor(i / perByte)] as number) >> shift) & mask) * scale;
    }
  }
}
