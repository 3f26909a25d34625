import type { SeededRandom } from '../../seeded-random.js';
import { valueNoise } from '../value-noise.js';
import type { Flaw } from './flaw.js';
import { blob, onFace } from './flaw-places.js';
import type { PartModel } from './part-model.js';
import { ramp } from './shapes.js';

const { max } = Math;

/** Oil that dried: a brown film, uneven, darker towards its border. */
export function stain(random: SeededRandom, part: PartModel, scale: number): Flaw {
  const [u, v] = onFace(random, part, 2 * scale);
  const radius = scale * random.uniform(4.5, 9.5);
  const inside = blob(random, [u, v], radius);
  const strength = random.uniform(0.25, 0.5);
  const seed = random.below(2 ** 31);
  return {
    u,
    v,
    radius: 1.45 * radius,
    paint: (pu, pv, paint) => {
      const depth = inside(pu, pv);
      if (depth <= 0) return;
      const film = strength * ramp(depth / (0.5 * scale)) * (0.75 + 0.5 * valueNoise(seed, pu * 0.6, pv * 0.6)) * (depth < 0.8 * scale ? 1.2 : 1);
      paint.red *= 1 - 0.75 * film;
      paint.green *= 1 - film;
      paint.blue *= 1 - 1.25 * film;
      paint.gloss *= 1 - 0.5 * film;
    },
  };
}

/** Print that is missing, shifted, or smeared, in a blob around a printed place. */
export function printError(random: SeededRandom, part: PartModel, scale: number): Flaw {
  const [nearU, nearV] = part.printed[random.below(part.printed.length)] as readonly [number, number];
  const [u, v] = [nearU + random.uniform(-1.5, 1.5) * scale, nearV + random.uniform(-1.5, 1.5) * scale];
  const radius = scale * random.uniform(5, 10);
  const inside = blob(random, [u, v], radius, 2);
  const kind = random.below(3);
  const [du, dv] = random.direction();
  const far = scale * random.uniform(1.2, 2.4);
  return {
    u,
    v,
    radius: 1.45 * radius,
    print: (pu, pv, good) => {
      const share = ramp(inside(pu, pv) / (0.4 * scale));
      const right = good(pu, pv);
      if (share === 0) return right;
      if (kind === 0) return right * (1 - share);
      if (kind === 1) return right + (good(pu + du * far, pv + dv * far) - right) * share;
      let smear = right;
      for (let k = 1; k <= 6; k++) smear = max(smear, (0.85 - 0.1 * k) * share * good(pu + (du * far * k) / 4, pv + (dv * far * k) / 4));
      return smear;
    },
  };
}
