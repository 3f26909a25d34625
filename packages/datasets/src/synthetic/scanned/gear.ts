import { valueNoise } from '../value-noise.js';
import { lettering } from './lettering.js';
import type { PartModel } from './part-model.js';
import { fraction, length, ramp, turnOf } from './shapes.js';

const { abs, max, min } = Math;

const teeth = 18;
/** Radii in millimetres; the marking runs along the middle of the rim. */
const [boreRadius, hub, web, rim, root, tip, marked, flange] = [8, 15, 23, 31, 37, 44, 34, 47] as const;
const marking = lettering('BLEMISH M4 Z18');
const cell = 0.78;
const circumference = 6.283185307179586;

/**
 * A steel gear of 18 teeth, 94 mm across, on a flange 15 mm high: a hub of 22 mm with bore and keyway, a web of 17 mm with five
 * pockets 2 mm deep, a rim and teeth of 19 mm, turned rings, and a dark marking along the rim.
 */
export const gear: PartModel = {
  key: 2,
  radius: 48,
  distance: 440,
  view: 116,
  turn: 0.0875, // 10 degrees, half a tooth's pitch
  ink: [0.03, 0.03, 0.035],
  printed: [[0, -34], [-13, -31.4], [13, -31.4], [-7, -33.3], [7, -33.3]],

  height(u, v) {
    const r = length(u, v);
    if (r >= flange) return 0;
    const keyway = max(abs(v) - 2.2, u - 11.4, -u);
    const solid = min(ramp((flange - r) / 0.6), ramp(min(r - boreRadius, keyway) / 0.6));
    if (solid === 0) return 0;
    const turn = turnOf(u, v);
    // Half of a tooth's width in shares of the pitch, 0.31 at the root and 0.15 at the tip.
    const wide = 0.31 - (0.16 * (r - root)) / (tip - root);
    const flank = ((wide - abs(fraction(turn * teeth) - 0.5)) * circumference * r) / teeth;
    const body = max(root - r, min(tip - r, flank));
    const around = ((fraction(turn * 5) - 0.5) * circumference * web) / 5;
    const pocket = 2 * ramp((5 - length(r - web, around)) / 2);
    const steps = 2 * ramp(body / 1.2) + 5 * ramp((hub + 1 - r) / 2) + 2 * ramp(min(r - rim + 1, 2 * body) / 2);
    return (15 + steps - pocket - 1 * (1 - ramp((flange - r) / 1.4))) * solid;
  },

  paint(u, v, texture, paint) {
    const r = length(u, v);
    const rings = valueNoise(texture, r * 2.4, 0.5) - 0.5;
    const skin = valueNoise(texture ^ 1, u * 0.09, v * 0.09) - 0.5;
    const grain = valueNoise(texture ^ 2, u * 2, v * 2) - 0.5;
    const light = 1 + 0.2 * rings + 0.22 * skin + 0.12 * grain;
    paint.red = 0.25 * light;
    paint.green = 0.245 * light;
    paint.blue = 0.24 * light;
    paint.gloss = 0.34 + 0.16 * rings;
  },

  print(u, v) {
    const r = length(u, v);
    if (abs(r - marked) > 2.6) return 0;
    const along = (turnOf(u, v) - 0.75) * circumference * marked;
    return ramp((marking.at(along / cell + marking.width / 2, (marked - r) / cell + 2.5) - 0.3) * 2.5);
  },
};
