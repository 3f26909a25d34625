import type { SeededRandom } from '../../seeded-random.js';
import { valueNoise } from '../value-noise.js';
import type { PartModel } from './part-model.js';
import { length } from './shapes.js';

const { max, min } = Math;

/** A point of the part, in millimetres. */
export type Place = readonly [u: number, v: number];

/** Tries before a place is given up: faces fill a third of every part's circle. */
const tries = 500;

/**
 * A point on a face: the part stands high there and, `margin` to every side, about as high.
 *
 * @throws where the part has no such face
 */
export function onFace(random: SeededRandom, { radius, height }: PartModel, margin: number): Place {
  for (let i = 0; i < tries; i++) {
    const [u, v] = [random.uniform(-radius, radius), random.uniform(-radius, radius)];
    const around = [height(u, v), height(u - margin, v), height(u + margin, v), height(u, v - margin), height(u, v + margin)];
    if (min(...around) > 11 && max(...around) - min(...around) < 3.5) return [u, v];
  }
  throw new Error(`onFace: found no face of ${margin} mm to every side`);
}

/** A point on the outline, seen from a random direction. */
export function onRim(random: SeededRandom, { radius, height }: PartModel): Place {
  const [u, v] = random.direction();
  for (let r = radius; r > 0; r -= 0.25) if (height(u * r, v * r) > 11) return [u * r, v * r];
  throw new Error('onRim: found no part');
}

/** A blob with a ragged outline: how far inside a point lies, in millimetres, negative outside; never inside beyond 1.45 radii. */
export function blob(random: SeededRandom, [u, v]: Place, radius: number, roughness = 3): (u: number, v: number) => number {
  const seed = random.below(2 ** 31);
  const [cosine, sine] = random.direction();
  const flat = random.uniform(0.6, 1); // an ellipse, not a disc
  const scale = roughness / radius;
  return (pu, pv) => {
    const [du, dv] = [pu - u, pv - v];
    const across = (dv * cosine - du * sine) / flat;
    return radius * (0.55 + 0.9 * valueNoise(seed, du * scale, dv * scale)) - length(du * cosine + dv * sine, across);
  };
}
