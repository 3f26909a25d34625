import { basename, join } from 'node:path';
import type { ImageFile } from './dataset.js';
import { depthEndings, findImages, folderExists, imageEndings, noImages, type FoundFile } from './find-images.js';
import { scanFolders, scanLayout } from './scan-folders.js';

/**
 * Lists images or depth maps to score: files as they are named, whatever their ending, and all below folders. Ids are the
 * files' names, or paths relative to their folder. Of folders with `rgb` and `xyz` side by side (MVTec 3D-AD) only the one
 * of the kind is listed, and left out of the ids; all else in the folder, such as the masks in `gt`, is no part.
 *
 * @throws one line for a folder without any, or one that may not be read
 */
export async function listImages(paths: readonly string[], kind: 'image' | 'depth' = 'image'): Promise<ImageFile[]> {
  const endings = kind === 'image' ? imageEndings : depthEndings;
  const files: ImageFile[] = [];
  for (const path of paths) {
    if (!(await folderExists(path))) {
      files.push({ path, id: basename(path) });
      continue;
    }
    const found = await findBelow(path, kind, endings);
    if (found.length === 0) throw noImages(path, endings);
    files.push(...found.map(({ path: file, name }) => ({ path: file, id: name })));
  }
  return files;
}

async function findBelow(folder: string, kind: 'image' | 'depth', endings: readonly string[]): Promise<FoundFile[]> {
  const scans = await scanFolders(folder);
  if (scans.length === 0) return findImages(folder, [], endings);
  const found: FoundFile[] = [];
  for (const scan of scans) {
    const files = await findImages(join(folder, ...scan.split('/'), scanLayout[kind]), [], endings);
    found.push(...files.map(({ path, name }) => ({ path, name: scan === '' ? name : `${scan}/${name}` })));
  }
  return found;
}
