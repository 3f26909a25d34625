import type { SeededRandom } from '../../seeded-random.js';
import { printError, stain } from './colour-flaws.js';
import { bump, dent, missingMaterial } from './depth-flaws.js';
import type { Flaw } from './flaw.js';
import { contamination, crack, hole } from './mixed-flaws.js';
import type { PartModel } from './part-model.js';

/** Defects of parts with depth, and where they show. */
export const partDefects = {
  stain: 'colour',
  print_error: 'colour',
  dent: 'depth',
  bump: 'depth',
  missing_material: 'depth',
  hole: 'both',
  crack: 'both',
  contamination: 'both',
} as const;

/** One of them. */
export type PartDefect = keyof typeof partDefects;

/** The kinds in the order in which they are written. */
export const partDefectNames = Object.keys(partDefects) as readonly PartDefect[];

const draw: Readonly<Record<PartDefect, (random: SeededRandom, part: PartModel, scale: number, least: number) => Flaw>> = {
  stain,
  print_error: printError,
  dent,
  bump,
  missing_material: missingMaterial,
  hole,
  crack,
  contamination,
};

/** The view, in millimetres, for which widths of defects are given: what a picture shows of them is the same for every part. */
const scaleView = 130;

/**
 * Draws where a defect lies and what it is like.
 *
 * @param size edge of the picture in pixels: a crack is drawn at least a pixel wide
 */
export function drawFlaw(defect: PartDefect, random: SeededRandom, part: PartModel, size: number): Flaw {
  return draw[defect](random, part, part.view / scaleView, (0.75 * part.view) / size);
}
