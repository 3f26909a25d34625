import type { SeededRandom } from '../../seeded-random.js';
import { valueNoise } from '../value-noise.js';
import type { Flaw } from './flaw.js';
import { blob, onFace, onRim } from './flaw-places.js';
import type { PartModel } from './part-model.js';
import { ramp } from './shapes.js';

const { max, min } = Math;

/** A blow pressed the surface in by 1.6 to 4 mm. */
export function dent(random: SeededRandom, part: PartModel, scale: number): Flaw {
  return swelling(random, part, scale, -random.uniform(1.6, 4));
}

/** The surface bulges by 1.4 to 3.4 mm. */
export function bump(random: SeededRandom, part: PartModel, scale: number): Flaw {
  return swelling(random, part, scale, random.uniform(1.4, 3.4));
}

/** A smooth ellipse on a face that rises by `most`. */
function swelling(random: SeededRandom, part: PartModel, scale: number, most: number): Flaw {
  const [u, v] = onFace(random, part, 3 * scale);
  const long = scale * random.uniform(6, 11);
  const short = long * random.uniform(0.6, 1);
  const [cosine, sine] = random.direction();
  return {
    u,
    v,
    radius: long,
    height: (pu, pv, height) => {
      const [du, dv] = [pu - u, pv - v];
      const along = (du * cosine + dv * sine) / long;
      const across = (dv * cosine - du * sine) / short;
      const rest = max(0, 1 - along * along - across * across);
      return height + most * rest * rest;
    },
  };
}

/** A piece broke off at the outline, 2 to 4 mm deep, and the break looks like the rest. */
export function missingMaterial(random: SeededRandom, part: PartModel, scale: number): Flaw {
  const [u, v] = onRim(random, part);
  const radius = scale * random.uniform(7, 12);
  const inside = blob(random, [u, v], radius);
  const deep = random.uniform(2, 4);
  const seed = random.below(2 ** 31);
  return {
    u,
    v,
    radius: 1.45 * radius,
    height: (pu, pv, height) => {
      const depth = inside(pu, pv);
      if (depth <= 0) return height;
      const rough = 0.7 + 0.3 * valueNoise(seed, pu / scale, pv / scale);
      return height - min(4, deep * rough * (0.6 + 0.4 * ramp(depth / radius))) * ramp(depth / (1.2 * scale));
    },
  };
}
