import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { findFolders } from './find-images.js';

/** Where MVTec 3D-AD keeps the images and the clouds of parts, and masks of their defects. */
export const scanLayout = { image: 'rgb', depth: 'xyz', mask: 'gt' } as const;

/**
 * Folders at and below one that hold `rgb` and `xyz` side by side, as MVTec 3D-AD does: relative to it with forward slashes
 * (`''` is the folder itself), in natural order. What lies below these two, or in `gt`, is not looked through.
 *
 * @throws one line when there is no such folder, or it may not be read
 */
export async function scanFolders(folder: string): Promise<string[]> {
  const found: string[] = [];
  const entered = new Set<string>();

  async function walk(path: string, below: string): Promise<void> {
    const real = await realpath(path).catch(() => path);
    if (entered.has(real)) return;
    entered.add(real);
    const names = await findFolders(path);
    const isScan = names.includes(scanLayout.image) && names.includes(scanLayout.depth);
    if (isScan) found.push(below);
    const parts = new Set<string>(isScan ? Object.values(scanLayout) : []);
    for (const name of names) if (!parts.has(name)) await walk(join(path, name), below === '' ? name : `${below}/${name}`);
  }

  await walk(folder, '');
  return found;
}
