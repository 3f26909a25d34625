/**
 * PNG's filters taken back in plain code (PNG specification, 9.2): rows [height, 1 + length], a filter byte before each, to
 * [height, length] at the beginning of the same memory.
 *
 * @param step bytes of one pixel, at least 1
 */
export function unfilterPlain(rows: Uint8Array, height: number, length: number, step: number): void {
  const above = new Uint8Array(length);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (1 + length)] as number;
    const row = rows.slice(y * (1 + length) + 1, (y + 1) * (1 + length));
    for (let i = 0; i < length; i++) {
      const left = i < step ? 0 : (row[i - step] as number);
      const corner = i < step ? 0 : (above[i - step] as number);
      row[i] = (row[i] as number) + predicted(filter, left, above[i] as number, corner);
    }
    rows.set(row, y * length);
    above.set(row);
  }
}

function predicted(filter: number, a: number, b: number, c: number): number {
  if (filter === 1) return a;
  if (filter === 2) return b;
  if (filter === 3) return (a + b) >> 1;
  return filter === 4 ? nearest(a, b, c) : 0;
}

/** Paeth's predictor: whichever of a, b, c is nearest to a + b - c; of equal ones the first. */
function nearest(a: number, b: number, c: number): number {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}
