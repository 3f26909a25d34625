import { createAstHelper, isAstHelperParts } from './ast/ast-helper.js';
import type { Helper, HelperParts } from './helpers.js';

/** What a helper runs on its side, with an engine of its own: does jobs for the detector whose parts it was given. */
export function createHelper(parts: HelperParts): Helper {
  if (isAstHelperParts(parts)) return createAstHelper(parts);
  throw new Error(`helper: expected the parts of a detector of kind ast, got ${parts.kind}`);
}
