// Taken out of the global object once: a pixel calls them dozens of times.
const { floor, imul } = Math;

/** Smooth noise in [0, 1) over the plane, one feature a unit, without a table: a hash of each lattice point, blended. */
export function valueNoise(seed: number, x: number, y: number): number {
  const [column, row] = [floor(x), floor(y)];
  const [s, t] = [smooth(x - column), smooth(y - row)];
  const top = blend(lattice(seed, column, row), lattice(seed, column + 1, row), s);
  const bottom = blend(lattice(seed, column, row + 1), lattice(seed, column + 1, row + 1), s);
  return blend(top, bottom, t);
}

/** A value in [0, 1) for each whole point and seed. */
export function lattice(seed: number, column: number, row: number): number {
  let h = imul(column, 0x27d4eb2d) ^ imul(row, 0x165667b1) ^ imul(seed, 0x9e3779b1);
  h = imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32;
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}

function blend(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}
