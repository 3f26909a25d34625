import { bottleCap } from './bottle-cap.js';
import { gear } from './gear.js';
import type { PartModel } from './part-model.js';
import { plate } from './plate.js';

/** Parts that can be drawn with depth. */
export const partNames = ['plate', 'gear', 'bottle-cap'] as const;

/** One of them. */
export type PartName = (typeof partNames)[number];

/** The part of a name. */
export const partModels: Readonly<Record<PartName, PartModel>> = { plate, gear, 'bottle-cap': bottleCap };
