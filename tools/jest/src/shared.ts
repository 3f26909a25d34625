import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** The golden material beside a developer's checkout; a user's checkout has none. */
export const sharedFolder: string = process.env['BLEMISH_SHARED'] ?? resolve(process.cwd(), '..', 'shared');

/**
 * A suite that reads golden material below `sharedFolder`; where that is absent one skipped test says so.
 *
 * @param name the suite's name
 * @param path what it needs, relative to the shared folder
 * @param body the suite, given the absolute path
 */
export function describeShared(name: string, path: string, body: (absolute: string) => void): void {
  const absolute = resolve(sharedFolder, path);
  if (existsSync(absolute)) describe(name, () => body(absolute));
  else describe(name, () => it.skip(`skipped: ${path} is not here (golden material stands in ../shared)`, () => undefined));
}
