import type { z } from 'zod';
import { firstIssue } from '../frame/first-issue.js';
import { distilConfigSchema, type DistilConfig } from './distil-config.js';

type Given = z.input<typeof distilConfigSchema>;

/** What is chosen for each receptive field: about 20 minutes on two cores. docs/uninformed-students.md has the measured parts. */
const byReceptiveField: Readonly<Record<Given['receptiveField'], Pick<Given, 'steps' | 'backboneSize' | 'third'>>> = {
  17: { steps: 4000, backboneSize: 64 },
  33: { steps: 4000, backboneSize: 64 },
  65: { steps: 2000, backboneSize: 64, third: 128 },
};

/** Settings of a distillation; only the receptive field has no default. */
export type DistilSettings = Pick<Given, 'receptiveField'> & Partial<Given>;

/**
 * A whole, checked configuration.
 *
 * @throws Error naming the setting, what was expected and what came
 */
export function resolveDistilConfig(settings: DistilSettings): DistilConfig {
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  const result = distilConfigSchema.safeParse({ ...byReceptiveField[settings.receptiveField], ...given });
  if (result.success) return result.data;
  throw new Error(firstIssue('distillation', result.error), { cause: result.error });
}
