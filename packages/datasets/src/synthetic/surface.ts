import { flange, nearestHole, type Hole, type Pose } from './flange.js';
import { lattice, valueNoise } from './value-noise.js';

// Taken out of the global object once: a pixel calls them dozens of times.
const { max, min, sqrt } = Math;

/** Light of a point before the camera's noise, 0..255, and how far it lies within the metal, in pixels. */
export interface Shade {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** Above 0 on metal, below 0 on the table or in a hole. */
  readonly depth: number;
}

/** The mat that parts lie on, with the part's shadow. */
export function table(u: number, v: number, pose: Pose): [number, number, number] {
  const [lx, ly] = toPart(pose.light, pose);
  const shifted = length(u + 0.07 * lx, v + 0.07 * ly);
  const shadow = 1 - 0.55 * step(1.1 - shifted, 0.12);
  const weave = 0.92 + 0.16 * valueNoise(pose.texture ^ 1, u * 70, v * 70);
  const light = pose.brightness * shadow * weave;
  return [46 * light, 62 * light, 66 * light];
}

/**
 * One point of the part, or of the table around it.
 *
 * @param missing a bolt hole that was never drilled
 */
export function shade(u: number, v: number, pose: Pose, missing?: number): Shade {
  const r = length(u, v);
  const onDisc = (1 - r) * pose.scale;
  const disc = edge(onDisc);
  if (disc === 0) {
    const [red, green, blue] = table(u, v, pose);
    return { red, green, blue, depth: onDisc };
  }
  const hole = nearestHole(u, v, missing);
  const light = toPart(pose.light, pose);
  const offHole = hole.distance * pose.scale;
  const solid = edge(offHole);
  const metal = solid === 0 ? 0 : turnedMetal(u, v, r, hole, light, pose);
  const deep = solid === 1 ? 0 : holeLight(hole, light, pose);
  const part = deep + (metal - deep) * solid;
  const [red, green, blue] = disc === 1 ? [0, 0, 0] : table(u, v, pose);
  return {
    red: red * (1 - disc) + 0.97 * part * disc,
    green: green * (1 - disc) + 0.99 * part * disc,
    blue: blue * (1 - disc) + part * disc,
    depth: min(onDisc, offHole),
  };
}

/** Holes are deep: their far wall catches a little light. */
function holeLight(hole: Hole, [lx, ly]: readonly [number, number], pose: Pose): number {
  const wall = (hole.du * lx + hole.dv * ly) / max(1e-9, length(hole.du, hole.dv));
  return pose.brightness * (22 + 26 * max(0, -wall) * step(hole.distance + 0.05, 0.05));
}

/** Grooves of the lathe, the two bright fans that they make, and chamfers at every edge. */
function turnedMetal(
  u: number,
  v: number,
  r: number,
  hole: Hole,
  [lx, ly]: readonly [number, number],
  pose: Pose,
): number {
  const towards = (u * lx + v * ly) / max(r, 0.05);
  const fan = 40 * towards * towards * towards * towards * step(r, 0.3);
  const grooves = 13 * (valueNoise(pose.texture, r * 60, 0.5) - 0.5) + 5 * (valueNoise(pose.texture ^ 2, r * 170, 0.5) - 0.5);
  const grain = 8 * (valueNoise(pose.texture ^ 3, u * 45, v * 45) - 0.5);
  const rim = 1 - r < 0.05 ? 46 * towards : 0;
  const hub = r < flange.bore + 0.09 ? 14 : 0;
  const holeLength = max(1e-9, length(hole.du, hole.dv));
  const countersink = hole.distance < flange.chamfer ? (-52 * (hole.du * lx + hole.dv * ly)) / holeLength : 0;
  return pose.brightness * (142 + fan + grooves + grain + rim + hub + countersink);
}

/** The camera's own noise at a pixel, which a defect does not change. */
export function cameraNoise(seed: number, x: number, y: number): number {
  return 5 * (lattice(seed, x, y) + lattice(seed ^ 5, x, y) - 1);
}

/** A picture direction in the part's coordinates. */
function toPart([x, y]: readonly [number, number], { cosine, sine }: Pose): [number, number] {
  return [x * cosine + y * sine, y * cosine - x * sine];
}

/** 0 below 0, 1 above `width`, smooth between. */
function step(x: number, width: number): number {
  const t = min(1, max(0, x / width));
  return t * t * (3 - 2 * t);
}

/** Coverage of a pixel by what it is `depth` pixels inside of. */
function edge(depth: number): number {
  return min(1, max(0, depth + 0.5));
}

function length(x: number, y: number): number {
  return sqrt(x * x + y * y);
}
