import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';

/** A folder without links, as far as it exists. */
export async function realFolder<T extends string | undefined>(folder: T): Promise<T> {
  return folder === undefined ? folder : ((await realpath(folder).catch(() => resolve(folder))) as T);
}
