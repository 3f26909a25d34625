/** Rows of three bits, from the top. */
const font: Readonly<Record<string, readonly number[]>> = {
  B: [6, 5, 6, 5, 6],
  E: [7, 4, 6, 4, 7],
  H: [5, 5, 7, 5, 5],
  I: [7, 2, 2, 2, 7],
  L: [4, 4, 4, 4, 7],
  M: [5, 7, 7, 5, 5],
  S: [3, 4, 2, 1, 6],
  Z: [7, 1, 2, 4, 7],
  0: [7, 5, 5, 5, 7],
  1: [2, 6, 2, 2, 7],
  2: [6, 1, 2, 4, 7],
  4: [5, 5, 7, 1, 1],
  7: [7, 1, 2, 2, 2],
  8: [7, 5, 7, 5, 7],
};

/** Text as a pattern of square cells. */
export interface Lettering {
  /** Width in cells; the height is 5. */
  readonly width: number;
  /** 0 .. 1 at a point of the pattern, in cells from the upper left corner; 0 outside; slopes are a cell wide. */
  at(column: number, row: number): number;
}

/** Lays out text, four cells a letter; a letter that the small font lacks leaves a gap. */
export function lettering(text: string): Lettering {
  const width = text.length * 4 - 1;
  // A margin of one cell all around, so that the blend below reads no further.
  const cells = new Uint8Array((width + 2) * 7);
  [...text].forEach((letter, i) =>
    font[letter]?.forEach((bits, row) => {
      for (let bit = 0; bit < 3; bit++) cells[(row + 1) * (width + 2) + 1 + i * 4 + bit] = (bits >> (2 - bit)) & 1;
    }),
  );
  return {
    width,
    at: (column, row) => {
      const [x, y] = [column + 0.5, row + 0.5];
      if (!(x >= 0 && x < width + 1 && y >= 0 && y < 6)) return 0;
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const at = top * (width + 2) + left;
      const upper = (cells[at] as number) * (1 - x + left) + (cells[at + 1] as number) * (x - left);
      const lower = (cells[at + width + 2] as number) * (1 - x + left) + (cells[at + width + 3] as number) * (x - left);
      return upper * (1 - y + top) + lower * (y - top);
    },
  };
}
