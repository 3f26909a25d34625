import type { SeededRandom } from '../seeded-random.js';
import { flange, holeCentre, type Pose } from './flange.js';
import { shade, table, type Shade } from './surface.js';
import { valueNoise } from './value-noise.js';

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
  const angle = random.uniform(0, 2 * Math.PI);
  const [x, y, radius] = [1.02 * Math.cos(angle), 1.02 * Math.sin(angle), random.uniform(0.1, 0.17)];
  const seed = random.below(2 ** 31);
  return {
    coverage: (u, v, { depth }) => {
      const rough = radius * (0.75 + 0.5 * valueNoise(seed, u * 18, v * 18));
      return Math.min(within((rough - distance(u - x, v - y)) * pose.scale), within(depth));
    },
    colour: (u, v) => table(u, v, pose),
  };
}

/** One bolt hole was never drilled. */
function missingHole(random: SeededRandom, pose: Pose): Defect {
  const index = random.below(flange.holes);
  const [x, y] = holeCentre(index);
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
  const [angle, radius] = [random.uniform(0, 2 * Math.PI), random.uniform(0.42, 0.78)];
  const [x, y] = [radius * Math.cos(angle), radius * Math.sin(angle)];
  const direction = random.uniform(0, Math.PI);
  const [dx, dy] = [Math.cos(direction), Math.sin(direction)];
  const [half, bend] = [random.uniform(0.16, 0.34), random.uniform(-0.5, 0.5)];
  const width = Math.max(random.uniform(0.009, 0.016), 0.7 / pose.scale);
  const light = random.uniform(222, 250) * pose.brightness;
  return {
    coverage: (u, v, { depth }) => {
      const along = (u - x) * dx + (v - y) * dy;
      const across = (v - y) * dx - (u - x) * dy - bend * along * along;
      const taper = width * (1 - (along / half) ** 2);
      return Math.min(within((taper - Math.abs(across)) * pose.scale), within(depth));
    },
    colour: () => [light, light, light],
  };
}

/** Oil that dried: brown, darker towards its border. */
function stain(random: SeededRandom, pose: Pose): Defect {
  const [angle, where] = [random.uniform(0, 2 * Math.PI), random.uniform(0.45, 0.75)];
  const [x, y] = [where * Math.cos(angle), where * Math.sin(angle)];
  const radius = random.uniform(0.13, 0.26);
  const seed = random.below(2 ** 31);
  const strength = random.uniform(0.45, 0.6);
  const inside = (u: number, v: number): number => radius * (0.55 + 0.9 * valueNoise(seed, u * 6, v * 6)) - distance(u - x, v - y);
  return {
    coverage: (u, v, { depth }) => Math.min(within(inside(u, v) * pose.scale), within(depth)),
    colour: (u, v, { red, green, blue }) => {
      const rim = 1 - 0.25 * Math.max(0, 1 - inside(u, v) / 0.03);
      const film = (1 - strength) * rim;
      return [red * (film + 0.16), green * (film + 0.06), blue * film];
    },
  };
}

function distance(u: number, v: number): number {
  return Math.sqrt(u * u + v * v);
}

/** Coverage of a pixel that lies `pixels` within. */
function within(pixels: number): number {
  return Math.min(1, Math.max(0, pixels + 0.5));
}
