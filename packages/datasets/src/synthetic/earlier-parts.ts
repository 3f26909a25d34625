import { rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { findImages, folderExists } from '../find-images.js';
import { partDefectNames } from './scanned/part-defects.js';

const kinds = ['good', ...partDefectNames].join('|');

/** Files of a drawn part, relative to its category. */
const drawnName = new RegExp(`^(train|validation|test)/(${kinds})/(rgb/\\d{3,}\\.png|xyz/\\d{3,}\\.tiff|gt/\\d{3,}\\.png)$`);

/**
 * The files of an earlier set in a category's folder, where they are to be replaced.
 *
 * @param wanted names to be drawn, relative to the folder
 * @returns their paths; none without `replace`
 * @throws one line naming the first image that would be taken for a part of the set: a foreign one, or without `replace`
 *   one of a larger set
 */
export async function earlierParts(root: string, wanted: ReadonlySet<string>, replace: boolean): Promise<string[]> {
  if (!(await folderExists(root))) return [];
  const images = await findImages(root);
  const others = images.filter(({ name }) => !wanted.has(name));
  const foreign = others.find(({ name }) => !drawnName.test(name));
  if (foreign) throw new Error(`${foreign.path}: an image that is not of the set to be drawn; draw into another folder`);
  const [first] = others;
  if (first && !replace) {
    const more = others.length > 1 ? ` (and ${others.length - 1} more files)` : '';
    throw new Error(`${first.path}: of a larger set that was drawn there${more}; draw into another folder, or --force to replace it`);
  }
  return replace ? images.filter(({ name }) => drawnName.test(name)).map(({ path }) => path) : [];
}

/** Removes these files, and their folders three deep where nothing else is in them. */
export async function removeParts(paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(path);
  let folders = [...paths];
  for (let level = 0; level < 3; level++) {
    folders = [...new Set(folders.map(dirname))];
    for (const folder of folders) await rmdir(folder).catch(() => undefined);
  }
}
