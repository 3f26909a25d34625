import { valueNoise } from '../value-noise.js';
import { lettering } from './lettering.js';
import type { PartModel } from './part-model.js';
import { length, ramp, turnOf, wave } from './shapes.js';

const { abs, max } = Math;

const name = lettering('BLEMISH');
const cell = 0.95;
const circumference = 6.283185307179586;
/** Where the wall begins and ends, in millimetres, and how high floor and rim are. */
const [wallFoot, wallTop, floor, rim] = [19.6, 25.8, 13, 24] as const;

/**
 * A screw cap of blue plastic, 61 mm across, that lies open side up: a rim with 60 knurls 24 mm high, a thread of two starts on
 * the sloping inner wall, a floor of 13 mm with the mark of the mould and white print (a name, a ring, a flower).
 */
export const bottleCap: PartModel = {
  key: 3,
  radius: 32,
  distance: 320,
  view: 84,
  ink: [0.74, 0.75, 0.72],
  printed: [[0, -12.4], [8, -9.5], [-8, -9.5], [0, 0], [0, 17.2], [17.2, 0], [-17.2, 0], [12.2, 12.2]],

  height(u, v) {
    const r = length(u, v);
    if (r >= 31) return 0;
    const turn = turnOf(u, v);
    const body = 29.8 + 0.8 * wave(turn * 60) - r;
    if (body <= 0) return 0;
    const up = (r - wallFoot) / (wallTop - wallFoot);
    const thread = up > 0 && up < 1 ? 1.1 * wave(up * 2.4 - turn * 2) * ramp(up * 5) * ramp((1 - up) * 5) : 0;
    const mark = 0.9 * ramp((1.6 - r) / 0.6) + 0.5 * ramp(1.2 - abs(r - 6.4) / 0.5);
    const inner = floor + (rim - floor) * max(0, up > 1 ? 1 : up) + thread + mark;
    return (inner - 1.4 * (1 - ramp(body / 1.8))) * ramp(body / 0.6);
  },

  paint(u, v, texture, paint) {
    const r = length(u, v);
    const peel = valueNoise(texture, u * 1.3, v * 1.3) - 0.5;
    const flow = valueNoise(texture ^ 1, (3 * u) / (r + 1), (3 * v) / (r + 1)) - 0.5;
    const cloud = valueNoise(texture ^ 2, u * 0.12, v * 0.12) - 0.5;
    const light = 1 + 0.14 * peel + 0.1 * flow + 0.18 * cloud;
    paint.red = 0.055 * light;
    paint.green = 0.16 * light;
    paint.blue = 0.44 * light;
    paint.gloss = 0.3 + 0.1 * peel;
  },

  print(u, v) {
    const r = length(u, v);
    if (r > wallFoot - 1) return 0;
    const turn = turnOf(u, v);
    const ring = ramp(2 - abs(r - 17.2) / 0.5);
    const flower = ramp(2.5 + 2.4 * wave(turn * 5) + 0.5 - r);
    const along = (turn - 0.75) * circumference * 12.4;
    const letters = ramp((name.at(along / cell + name.width / 2, (12.4 - r) / cell + 2.5) - 0.3) * 2.5);
    return max(ring, flower, letters);
  },
};
