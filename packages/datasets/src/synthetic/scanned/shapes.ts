// Taken out of the global object once: a cell calls them dozens of times.
const { abs, floor, max, min, sqrt } = Math;

/** 0 below 0, 1 above 1, smooth between. */
export function ramp(x: number): number {
  const t = min(1, max(0, x));
  return t * t * (3 - 2 * t);
}

/** Distance from the origin. */
export function length(u: number, v: number): number {
  return sqrt(u * u + v * v);
}

/** Depth within a box of these half sizes with rounded corners, negative outside. */
export function inBox(u: number, v: number, halfU: number, halfV: number, corner: number): number {
  const [du, dv] = [abs(u) - halfU + corner, abs(v) - halfV + corner];
  return corner - min(max(du, dv), 0) - length(max(du, 0), max(dv, 0));
}

/**
 * The direction of a point as a share of a full turn, [0, 1), from +u towards +v, to 2e-6. An arctangent of sums and products
 * (Abramowitz and Stegun, 4.4.49), because the engines' own differ in the last bit.
 */
export function turnOf(u: number, v: number): number {
  const [across, along] = [abs(u), abs(v)];
  if (across + along === 0) return 0;
  const t = min(across, along) / max(across, along);
  const s = t * t;
  const angle = t * (0.999866 + s * (-0.3302995 + s * (0.180141 + s * (-0.085133 + s * 0.0208351))));
  const eighth = angle / 6.283185307179586;
  const quarter = along > across ? 0.25 - eighth : eighth;
  const half = u < 0 ? 0.5 - quarter : quarter;
  const turn = v < 0 ? 1 - half : half;
  return turn < 1 ? turn : 0;
}

/** What is left of a number above the whole one below it, [0, 1). */
export function fraction(x: number): number {
  return x - floor(x);
}

/** A smooth wave of period 1 between 0, at whole numbers, and 1, half way between. */
export function wave(x: number): number {
  return ramp(1 - abs(2 * fraction(x) - 1));
}
