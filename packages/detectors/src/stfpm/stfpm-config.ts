import { z } from 'zod';
import { pyramidConfigSchema } from './pyramid-config.js';

/** Configuration of STFPM: every preset spells it out (`stfpm-presets.ts`). */
export const stfpmConfigSchema = pyramidConfigSchema.extend({ kind: z.literal('stfpm') });

/** Configuration of STFPM. */
export type StfpmConfig = z.infer<typeof stfpmConfigSchema>;
