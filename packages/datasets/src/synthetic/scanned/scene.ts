import type { SeededRandom } from '../../seeded-random.js';
import type { PartModel } from './part-model.js';

const { max, sqrt } = Math;

// The camera looks along +z from the origin; X to the right, Y down. The table is the plane z = distance + slopeX X + slopeY Y.
// The table's own frame: x, y in the table, h from it towards the camera, its origin where the camera's axis meets it.

type Vector = readonly [number, number, number];

/** One shot: where camera, table, part, light and projector are. Lengths in millimetres. */
export interface Scene {
  /** Edge of the picture in pixels. */
  readonly size: number;
  /** In pixels. */
  readonly focal: number;
  /** The table frame's axes x, y, h in the camera's coordinates. */
  readonly axes: readonly [Vector, Vector, Vector];
  /** The camera in the table's frame. */
  readonly eye: Vector;
  /** The part's centre in the table, and its turn. */
  readonly place: { readonly x: number; readonly y: number; readonly cosine: number; readonly sine: number };
  /** Unit vectors in the table's frame, towards the lamp and towards the sensor's projector. */
  readonly lamp: Vector;
  readonly projector: Vector;
  /** What the camera makes of red, green and blue light. */
  readonly gains: Vector;
  /** Seeds of what differs from part to part, of the camera's noise and of the sensor's. */
  readonly texture: number;
  readonly grain: number;
  readonly sensing: number;
  /** A corner of the picture where the sensor saw nothing: which, and its legs in pixels. */
  readonly blind?: { readonly corner: number; readonly width: number; readonly height: number };
}

/** How much one shot of a part differs from the next; docs/synthetic-parts.md has the table. */
export const variation = {
  /** Shift of the part to every side, as a share of the view. */
  shift: 0.04,
  /** Of the camera's distance, in millimetres. */
  distance: 3,
  /** Slopes of the table that belong to the rig, and what they vary by. */
  slope: [0.02, -0.032],
  slopeBy: 0.006,
  /** The lamp's direction in the table's frame before its length is made 1, and what x and y vary by. */
  lamp: [-0.46, -0.36, 0.82],
  lampBy: 0.05,
  /** Of the brightness, and of each colour's gain. */
  brightness: 0.06,
  colour: 0.015,
  /** Share of clouds that lack a corner, and its legs as a share of the picture's edge. */
  blind: 0.06,
  blindLegs: [0.06, 0.15],
} as const;

/** Draws a shot. The order of draws is fixed, so that a shot with a defect is the one without it but for the defect. */
export function drawScene(random: SeededRandom, { distance, view, turn }: PartModel, size: number): Scene {
  const by = (most: number): number => random.uniform(-most, most);
  const away = distance + by(variation.distance);
  const slopeX = variation.slope[0] + by(variation.slopeBy);
  const slopeY = variation.slope[1] + by(variation.slopeBy);
  const [x, y] = [view * by(variation.shift), view * by(variation.shift)];
  const [cosine, sine] = turn === undefined ? random.direction() : smallTurn(by(turn));
  const lamp = unit([variation.lamp[0] + by(variation.lampBy), variation.lamp[1] + by(variation.lampBy), variation.lamp[2]]);
  const brightness = 1 + by(variation.brightness);
  const gains = [1, 1, 1].map((gain) => brightness * (gain + by(variation.colour))) as unknown as Vector;
  const [texture, grain, sensing] = [random.below(2 ** 31), random.below(2 ** 31), random.below(2 ** 31)];
  const isBlind = random.uniform() < variation.blind;
  const leg = (): number => size * random.uniform(...variation.blindLegs);
  const blind = { corner: random.below(4), width: leg(), height: leg() };

  const [ex, h] = [unit([1, 0, slopeX]), unit([slopeX, slopeY, -1])];
  const ey = cross(ex, h);
  return {
    size,
    focal: (size * distance) / view,
    axes: [ex, ey, h],
    eye: [-away * ex[2], -away * ey[2], -away * h[2]],
    place: { x, y, cosine, sine },
    lamp,
    projector: unit([0.06, 0.01, 1]),
    gains,
    texture,
    grain,
    sensing,
    ...(isBlind && { blind }),
  };
}

/** A point of the table's plane in the part's coordinates. */
export function toPart({ place: { x, y, cosine, sine } }: Scene, tableX: number, tableY: number): [u: number, v: number] {
  const [dx, dy] = [tableX - x, tableY - y];
  return [dx * cosine + dy * sine, dy * cosine - dx * sine];
}

/** A point of the part in the table's plane. */
export function toTable({ place: { x, y, cosine, sine } }: Scene, u: number, v: number): [x: number, y: number] {
  return [x + u * cosine - v * sine, y + u * sine + v * cosine];
}

/** How far from the table's origin the picture sees, along x or y, whichever is more. */
export function reachOf({ size, focal, axes: [ex, ey, h], eye }: Scene): number {
  const edge = size / 2 / focal;
  let reach = 0;
  for (const [rx, ry] of [[-edge, -edge], [edge, -edge], [-edge, edge], [edge, edge]] as const) {
    const t = -eye[2] / (rx * h[0] + ry * h[1] + h[2]);
    const [x, y] = [eye[0] + t * (rx * ex[0] + ry * ex[1] + ex[2]), eye[1] + t * (rx * ey[0] + ry * ey[1] + ey[2])];
    reach = max(reach, x, -x, y, -y);
  }
  return reach;
}

/** Cosine and sine of a turn, from the tangent of its half. */
function smallTurn(t: number): [number, number] {
  return [(1 - t * t) / (1 + t * t), (2 * t) / (1 + t * t)];
}

function unit([x, y, z]: Vector): Vector {
  const size = sqrt(x * x + y * y + z * z);
  return [x / size, y / size, z / size];
}

function cross([ax, ay, az]: Vector, [bx, by, bz]: Vector): Vector {
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}
