import type { z } from 'zod';

/**
 * The first thing that is wrong with a value, as one line.
 *
 * @param what the value, as in `configuration 'batch': expected ...`
 */
export function firstIssue(what: string, { issues }: z.ZodError): string {
  const path = issues[0]?.path.join('.') ?? '';
  return `${what}${path === '' ? '' : ` '${path}'`}: ${issues[0]?.message ?? 'is not valid'}`;
}
