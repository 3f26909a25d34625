import type { SeededRandom } from '../seeded-random.js';

// Taken out of the global object once: a pixel calls them dozens of times.
const { sqrt } = Math;

// The part is a turned flange: a disc of radius 1 with a bore and six bolt holes, in its own coordinates (u, v).
// A distance is negative inside.

/** Radius of the bore, of a bolt hole, and of the circle that the bolt holes stand on. */
export const flange = { bore: 0.28, hole: 0.095, circle: 0.64, chamfer: 0.025 } as const;

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

/** Slight variation, as on a line: shift 1.5 %, size 1 %, turn and light direction 4 degrees, brightness 6 %. */
export function drawPose(random: SeededRandom, size: number): Pose {
  const [cosine, sine] = smallTurn(random);
  const [lightCosine, lightSine] = smallTurn(random);
  return {
    x: size * (0.5 + random.uniform(-0.015, 0.015)),
    y: size * (0.5 + random.uniform(-0.015, 0.015)),
    scale: size * 0.41 * random.uniform(0.99, 1.01),
    cosine,
    sine,
    light: [-0.6 * lightCosine + 0.8 * lightSine, -0.8 * lightCosine - 0.6 * lightSine], // from the upper left
    brightness: random.uniform(0.94, 1.06),
    texture: random.below(2 ** 31),
  };
}

/** Cosine and sine of up to 4 degrees, from the tangent of half the angle. */
function smallTurn(random: SeededRandom): [number, number] {
  const t = random.uniform(-0.035, 0.035);
  return [(1 - t * t) / (1 + t * t), (2 * t) / (1 + t * t)];
}

const half = sqrt(3) / 2;

/** Centres of the bolt holes, 60 degrees apart. */
export const holeCentres: readonly (readonly [u: number, v: number])[] = (
  [[1, 0], [0.5, half], [-0.5, half], [-1, 0], [-0.5, -half], [0.5, -half]] as const
).map(([u, v]) => [flange.circle * u, flange.circle * v]);

/** A hole or the bore seen from a point: distance to its edge, negative inside the hole, and the way from its centre. */
export interface Hole {
  readonly distance: number;
  readonly du: number;
  readonly dv: number;
}

/** The nearest hole or bore. */
export function nearestHole(u: number, v: number, missing: number | undefined): Hole {
  let nearest: Hole = { distance: sqrt(u * u + v * v) - flange.bore, du: u, dv: v };
  for (let i = 0; i < holeCentres.length; i++) {
    if (i === missing) continue;
    const [x, y] = holeCentres[i] as readonly [number, number];
    const [du, dv] = [u - x, v - y];
    const distance = sqrt(du * du + dv * dv) - flange.hole;
    if (distance < nearest.distance) nearest = { distance, du, dv };
  }
  return nearest;
}
