// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives `work` an empty folder that is gone afterwards.
 *
 * @template T
 * @param {(folder: string) => Promise<T>} work
 * @param {boolean} [keep] leave the folder, and say where it is
 * @returns {Promise<T>}
 */
export async function withTempFolder(work, keep = false) {
  const folder = mkdtempSync(join(tmpdir(), 'blemish-acceptance-'));
  try {
    return await work(folder);
  } finally {
    if (keep) console.log(`kept ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}
