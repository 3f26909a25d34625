/** The connected regions of a mask, numbered in the order in which a row-by-row scan meets them. */
export interface Components {
  /** [H*W] 0 outside, 1 to `count` inside. */
  readonly labels: Int32Array;
  /** Number of regions. */
  readonly count: number;
  /** [count] Pixels of each region; region n stands at n - 1. */
  readonly sizes: Uint32Array;
}

/**
 * Labels the regions of a mask, by flooding each from its first pixel.
 *
 * @param mask [H*W] row by row; what is not 0 is inside
 * @param connectivity 8: corners touch; 4: only edges do
 */
export function connectedComponents(mask: ArrayLike<number>, shape: readonly [number, number], connectivity: 4 | 8 = 8): Components {
  const [height, width] = shape;
  if (mask.length !== height * width) {
    throw new Error(`connectedComponents: expected ${height} x ${width} mask values, got ${mask.length}`);
  }
  if (connectivity !== 4 && connectivity !== 8) throw new Error(`connectedComponents: connectivity is 4 or 8, got ${String(connectivity)}`);
  let inside = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) inside++;
  const labels = new Int32Array(mask.length);
  const queue = new Int32Array(inside); // every inside pixel enters it exactly once
  const starts: number[] = [];
  let tail = 0;
  let head = 0;
  const reach = (row: number, column: number, label: number): void => {
    const pixel = row * width + column;
    if (mask[pixel] === 0 || labels[pixel] !== 0) return;
    labels[pixel] = label;
    queue[tail++] = pixel;
  };
  for (let seed = 0; tail < inside; seed++) {
    if (mask[seed] === 0 || labels[seed] !== 0) continue;
    const label = starts.push(tail);
    reach(Math.floor(seed / width), seed % width, label);
    for (; head < tail; head++) {
      const pixel = queue[head] as number;
      const row = Math.floor(pixel / width);
      const column = pixel - row * width;
      const bottom = row + 1 < height ? row + 1 : row;
      const right = column + 1 < width ? column + 1 : column;
      for (let r = row > 0 ? row - 1 : 0; r <= bottom; r++) {
        for (let c = column > 0 ? column - 1 : 0; c <= right; c++) {
          if (connectivity === 8 || r === row || c === column) reach(r, c, label);
        }
      }
    }
  }
  const sizes = Uint32Array.from(starts, (start, i) => (starts[i + 1] ?? inside) - start);
  return { labels, count: starts.length, sizes };
}
