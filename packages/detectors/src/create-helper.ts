import type { DetectorHelperParts } from './frame/detector-parts.js';
import type { Helper, HelperParts } from './helpers.js';
import { findSystem } from './systems.js';

/** What a helper runs on its side, with an engine of its own: does jobs for the detector whose parts it was given. */
export function createHelper(parts: HelperParts): Helper {
  return findSystem(parts.kind).createHelper(parts as DetectorHelperParts);
}
