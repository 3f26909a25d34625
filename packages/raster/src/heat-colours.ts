import { lchToLinearRgb, srgbLevel } from './oklab.js';

const steps = 256;

/**
 * The heat scale, 256 RGB colours from cold to hot, [256, 3].
 *
 * Computed, not copied: lightness rises in equal steps from 0.25 to 0.92 in OKLab, so that hotter is lighter to the eye
 * and in a gray print alike, while the hue turns from blue over red to yellow; the chroma is the largest up to 0.16 that
 * the screen can show.
 */
export const heatColours: Uint8Array = heatScale();

function heatScale(): Uint8Array {
  const colours = new Uint8Array(steps * 3);
  for (let i = 0; i < steps; i++) {
    const t = i / (steps - 1);
    const lightness = 0.25 + 0.67 * t;
    const hue = 275 + 190 * t; // 275 blue, 330 magenta, 390 red, 465 = 105 yellow
    const chroma = largestChroma(lightness, hue, 0.16);
    colours.set(lchToLinearRgb({ lightness, chroma, hue }).map(srgbLevel), i * 3);
  }
  return colours;
}

/** The largest chroma up to `limit` inside sRGB, by bisection. */
function largestChroma(lightness: number, hue: number, limit: number): number {
  const inside = (chroma: number): boolean =>
    lchToLinearRgb({ lightness, chroma, hue }).every((value) => value >= 0 && value <= 1);
  if (inside(limit)) return limit;
  let low = 0;
  let high = limit;
  for (let i = 0; i < 20; i++) {
    const middle = (low + high) / 2;
    if (inside(middle)) low = middle;
    else high = middle;
  }
  return low;
}
