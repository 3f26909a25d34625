import { basename } from 'node:path';
import type { ImageFile } from './dataset.js';
import { findImages, folderExists, imageEndings, noImages } from './find-images.js';

/**
 * Lists images to score: files as they are named, whatever their ending, and all images below folders. Ids are the
 * files' names, or paths relative to their folder.
 *
 * @param endings which files below folders count; `depthEndings` lists depth maps
 * @throws one line for a folder without images, or one that may not be read
 */
export async function listImages(paths: readonly string[], endings: readonly string[] = imageEndings): Promise<ImageFile[]> {
  const files: ImageFile[] = [];
  for (const path of paths) {
    if (!(await folderExists(path))) {
      files.push({ path, id: basename(path) });
      continue;
    }
    const found = await findImages(path, [], endings);
    if (found.length === 0) throw noImages(path, endings);
    files.push(...found.map(({ path: file, name }) => ({ path: file, id: name })));
  }
  return files;
}
