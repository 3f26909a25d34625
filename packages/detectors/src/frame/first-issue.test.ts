import { z } from 'zod';
import { firstIssue } from './first-issue.js';

const schema = z.strictObject({ batch: z.strictObject({ size: z.int({ error: 'expected a whole number' }) }), seed: z.int() });
const of = (value: unknown): string => firstIssue('configuration', schema.safeParse(value).error as z.ZodError);

it('names the first setting that is wrong, and none where the value as a whole is', () => {
  expect(of({ batch: { size: 0.5 }, seed: 'a' })).toBe("configuration 'batch.size': expected a whole number");
  expect(of(3)).toMatch(/^configuration: [^\n]+$/);
});
