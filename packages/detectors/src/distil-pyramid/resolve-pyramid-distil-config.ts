import type { z } from 'zod';
import { firstIssue } from '../frame/first-issue.js';
import { pyramidDistilSchema, type PyramidDistilConfig } from './pyramid-distil-config.js';

/** Settings of a pyramid's distillation; all have defaults. */
export type PyramidDistilSettings = { readonly [K in keyof PyramidDistilConfig]?: z.input<typeof pyramidDistilSchema>[K] | undefined };

/**
 * A whole, checked configuration.
 *
 * @throws Error naming the setting, what was expected and what came
 */
export function resolvePyramidDistilConfig(settings: PyramidDistilSettings = {}): PyramidDistilConfig {
  const result = pyramidDistilSchema.safeParse(settings); // what is undefined has its default too
  if (result.success) return result.data;
  throw new Error(firstIssue('distillation', result.error), { cause: result.error });
}
