import type { SeededRandom } from '../../seeded-random.js';
import { valueNoise } from '../value-noise.js';
import type { Flaw } from './flaw.js';
import { blob, onFace } from './flaw-places.js';
import type { PartModel } from './part-model.js';
import { length, ramp } from './shapes.js';

const { abs, max } = Math;

/** A blind hole of 3 to 7 mm, dark inside. */
export function hole(random: SeededRandom, part: PartModel, scale: number): Flaw {
  const [u, v] = onFace(random, part, 2 * scale);
  const radius = scale * random.uniform(2, 3.5);
  const deep = random.uniform(3, 7);
  const share = (pu: number, pv: number): number => ramp((radius - length(pu - u, pv - v)) / 0.6 + 0.5);
  return {
    u,
    v,
    radius: radius + 1,
    height: (pu, pv, height) => height - deep * share(pu, pv),
    paint: (pu, pv, paint) => darken(paint, 0.55 * share(pu, pv)),
  };
}

/**
 * A bent, jagged line, 1.2 to 3 mm deep and dark.
 *
 * @param least half of its width at the surface, in millimetres, that a picture of this size can show
 */
export function crack(random: SeededRandom, part: PartModel, scale: number, least: number): Flaw {
  const [u, v] = onFace(random, part, 2 * scale);
  const [cosine, sine] = random.direction();
  const half = scale * random.uniform(8, 16);
  const bend = random.uniform(-0.03, 0.03) / scale;
  const width = max(least, scale * random.uniform(0.6, 1.1));
  const deep = random.uniform(1.2, 3);
  const seed = random.below(2 ** 31);
  const share = (pu: number, pv: number): number => {
    const along = (pu - u) * cosine + (pv - v) * sine;
    if (abs(along) >= half) return 0;
    const jag = scale * 2 * (valueNoise(seed, along / scale, 0.5) - valueNoise(seed, 0, 0.5));
    const across = (pv - v) * cosine - (pu - u) * sine - bend * along * along - jag;
    const taper = width * (1 - (along / half) * (along / half));
    return ramp((taper - abs(across)) / width + 0.25);
  };
  return {
    u,
    v,
    radius: half * 1.3 + 4 * scale,
    height: (pu, pv, height) => height - deep * share(pu, pv),
    paint: (pu, pv, paint) => darken(paint, 0.7 * share(pu, pv)),
  };
}

/** Rust, grease, bare metal, paint. */
const matters = [[0.2, 0.075, 0.03], [0.03, 0.03, 0.028], [0.55, 0.55, 0.53], [0.05, 0.17, 0.07]] as const;

/** Dirt that sticks to the surface, 1.2 to 2.8 mm high. */
export function contamination(random: SeededRandom, part: PartModel, scale: number): Flaw {
  const [u, v] = onFace(random, part, 2 * scale);
  const radius = scale * random.uniform(3, 6);
  const inside = blob(random, [u, v], radius);
  const high = random.uniform(1.2, 2.8);
  const [red, green, blue] = matters[random.below(matters.length)] as readonly [number, number, number];
  const seed = random.below(2 ** 31);
  return {
    u,
    v,
    radius: 1.45 * radius,
    height: (pu, pv, height) => height + high * ramp(inside(pu, pv) / (0.6 * radius)) * (0.7 + 0.6 * valueNoise(seed, pu / scale, pv / scale)),
    paint: (pu, pv, paint) => {
      const share = ramp(inside(pu, pv) / (0.4 * scale));
      const light = 0.75 + 0.5 * valueNoise(seed ^ 1, (2 * pu) / scale, (2 * pv) / scale);
      paint.red += (red * light - paint.red) * share;
      paint.green += (green * light - paint.green) * share;
      paint.blue += (blue * light - paint.blue) * share;
      paint.gloss *= 1 - 0.8 * share;
    },
  };
}

function darken(paint: { red: number; green: number; blue: number; gloss: number }, share: number): void {
  paint.red *= 1 - share;
  paint.green *= 1 - share;
  paint.blue *= 1 - share;
  paint.gloss *= 1 - share;
}
