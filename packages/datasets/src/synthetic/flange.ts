import type { SeededRandom } from '../seeded-random.js';

// The part is a turned flange: a disc of radius 1 with a bore and six bolt holes, in its own coordinates (u, v).
// A distance is negative inside.

/** Radius of the bore, of a bolt hole, and of the circle that the bolt holes stand on. */
export const flange = { bore: 0.28, hole: 0.095, circle: 0.64, holes: 6, chamfer: 0.025 } as const;

/** How one part lies under the camera, and its light. */
export interface Pose {
  /** Centre in pixels. */
  readonly x: number;
  readonly y: number;
  /** Pixels of one radius. */
  readonly scale: number;
  readonly cosine: number;
  readonly sine: number;
  /** Direction the light comes from, a unit vector in the picture. */
  readonly light: readonly [number, number];
  readonly brightness: number;
  /** Seed of grooves and grain. */
  readonly texture: number;
}

/** Slight variation, as on a line: shift 1.5 %, size 1 %, turn 4 degrees, light 6 %. */
export function drawPose(random: SeededRandom, size: number): Pose {
  const angle = (random.uniform(-4, 4) * Math.PI) / 180;
  const lightAngle = ((-125 + random.uniform(-4, 4)) * Math.PI) / 180;
  return {
    x: size * (0.5 + random.uniform(-0.015, 0.015)),
    y: size * (0.5 + random.uniform(-0.015, 0.015)),
    scale: size * 0.41 * random.uniform(0.99, 1.01),
    cosine: Math.cos(angle),
    sine: Math.sin(angle),
    light: [Math.cos(lightAngle), Math.sin(lightAngle)],
    brightness: random.uniform(0.94, 1.06),
    texture: random.below(2 ** 31),
  };
}

/** Centre of a bolt hole. */
export function holeCentre(index: number): [number, number] {
  const angle = (index * 2 * Math.PI) / flange.holes;
  return [flange.circle * Math.cos(angle), flange.circle * Math.sin(angle)];
}

const centres = Array.from({ length: flange.holes }, (_, index) => holeCentre(index));

/** A hole or the bore seen from a point: distance to its edge, negative inside the hole, and the way from its centre. */
export interface Hole {
  readonly distance: number;
  readonly du: number;
  readonly dv: number;
}

/** The nearest hole or bore. */
export function nearestHole(u: number, v: number, missing: number | undefined): Hole {
  let nearest: Hole = { distance: Math.sqrt(u * u + v * v) - flange.bore, du: u, dv: v };
  for (let i = 0; i < centres.length; i++) {
    if (i === missing) continue;
    const [x, y] = centres[i] as [number, number];
    const [du, dv] = [u - x, v - y];
    const distance = Math.sqrt(du * du + dv * dv) - flange.hole;
    if (distance < nearest.distance) nearest = { distance, du, dv };
  }
  return nearest;
}
