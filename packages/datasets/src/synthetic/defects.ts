import type { SeededRandom } from '../seeded-random.js';
import { flange, holeCentres, type Pose } from './flange.js';
import { shade, table, type Shade } from './surface.js';
import { valueNoise } from './value-noise.js';

// Taken out of the global object once: a pixel calls them dozens of times.
const { abs, max, min, sqrt } = Math;

/** Kinds of defects that are drawn. */
export const defectKinds = ['chip', 'missing_hole', 'scratch', 'stain'] as const;

/** One of them. */
export type DefectKind = (typeof defectKinds)[number];

/** A defect: how much of it a point shows, and what it looks like there. */
export interface Defect {
  /** 0 none .. 1 fully, at part coordinates, for a point of the good part. */
  coverage(u: number, v: number, good: Shade): number;
  /** Its light, 0..255. */
  colour(u: number, v: number, good: Shade): readonly [number, number, number];
}

/** Draws where a defect lies and how it looks. */
export function drawDefect(kind: DefectKind, random: SeededRandom, pose: Pose): Defect {
  return { chip, missing_hole: missingHole, scratch, stain }[kind](random, pose);
}

/** A bite out of the rim, through which the table shows. */
function chip(random: SeededRandom, pose: Pose): Defect {
  const [x, y] = onCircle(random, 1.02);
  const radius = random.uniform(0.1, 0.17);
  const seed = random.below(2 ** 31);
  return {
    coverage: (u, v, { depth }) => {
      const rough = radius * (0.75 + 0.5 * valueNoise(seed, u * 18, v * 18));
      return min(within((rough - distance(u - x, v - y)) * pose.scale), within(depth));
    },
    colour: (u, v) => table(u, v, pose),
  };
}

/** One bolt hole was never drilled. */
function missingHole(random: SeededRandom, pose: Pose): Defect {
  const index = random.below(holeCentres.length);
  const [x, y] = holeCentres[index] as readonly [number, number];
  const radius = flange.hole + flange.chamfer;
  return {
    coverage: (u, v) => within((radius - distance(u - x, v - y)) * pose.scale),
    colour: (u, v) => {
      const { red, green, blue } = shade(u, v, pose, index);
      return [red, green, blue];
    },
  };
}

/** A bent line across the face: bright where the metal is bare. */
function scratch(random: SeededRandom, pose: Pose): Defect {
  const [x, y] = onCircle(random, random.uniform(0.42, 0.78));
  const [dx, dy] = random.direction();
  const [half, bend] = [random.uniform(0.26, 0.42), random.uniform(-0.5, 0.5)];
  const width = max(random.uniform(0.009, 0.016), 0.7 / pose.scale);
  const light = random.uniform(222, 250) * pose.brightness;
  return {
    coverage: (u, v, { depth }) => {
      const along = (u - x) * dx + (v - y) * dy;
      const across = (v - y) * dx - (u - x) * dy - bend * along * along;
      const taper = width * (1 - (along / half) * (along / half));
      return min(within((taper - abs(across)) * pose.scale), within(depth));
    },
    colour: () => [light, light, light],
  };
}

/** Oil that dried: brown, darker towards its border. */
function stain(random: SeededRandom, pose: Pose): Defect {
  const [x, y] = onCircle(random, random.uniform(0.45, 0.75));
  const radius = random.uniform(0.13, 0.26);
  const seed = random.below(2 ** 31);
  const strength = random.uniform(0.45, 0.6);
  const inside = (u: number, v: number): number => radius * (0.55 + 0.9 * valueNoise(seed, u * 6, v * 6)) - distance(u - x, v - y);
  return {
    coverage: (u, v, { depth }) => min(within(inside(u, v) * pose.scale), within(depth)),
    colour: (u, v, { red, green, blue }) => {
      const rim = 1 - 0.25 * max(0, 1 - inside(u, v) / 0.03);
      const film = (1 - strength) * rim;
      return [red * (film + 0.16), green * (film + 0.06), blue * film];
    },
  };
}

function onCircle(random: SeededRandom, radius: number): [number, number] {
  const [x, y] = random.direction();
  return [radius * x, radius * y];
}

function distance(u: number, v: number): number {
  return sqrt(u * u + v * v);
}

/** Coverage of a pixel that lies `pixels` within. */
function within(pixels: number): number {
  return min(1, max(0, pixels + 0.5));
}
