import { basename, join } from 'node:path';
import type { ImageFile } from './dataset.js';
import { findImages, folderExists, noImages, type FoundFile } from './find-images.js';
import { endingsOf, findKind, type FileKind } from './find-kind.js';
import { scanFolders, scanLayout } from './scan-folders.js';

/**
 * Lists images or depth maps to score: files as they are named, whatever their ending, and all below folders. Ids are the
 * files' names, or paths relative to their folder. Of folders with `rgb` and `xyz` side by side (MVTec 3D-AD) only the one
 * of the kind is listed, and left out of the ids; all else in the folder, such as the masks in `gt`, is no part: see `besideScans`.
 *
 * @param beside a folder of the other kind that these are partners of; it may be the same, or lie in one of `paths`
 * @throws one line for a folder without any, or one that may not be read
 */
export async function listImages(paths: readonly string[], kind: FileKind = 'image', beside?: string): Promise<ImageFile[]> {
  const files: ImageFile[] = [];
  for (const path of paths) {
    if (!(await folderExists(path))) {
      files.push({ path, id: basename(path) });
      continue;
    }
    const found = await findBelow(path, kind, beside);
    if (found.length === 0) throw noImages(path, endingsOf[kind]);
    for (const { path: file, name } of found) files.push({ path: file, id: name });
  }
  return files;
}

async function findBelow(folder: string, kind: FileKind, beside: string | undefined): Promise<FoundFile[]> {
  const scans = await scanFolders(folder);
  if (scans.length === 0) return findKind(kind, folder, { beside });
  const found: FoundFile[] = [];
  for (const scan of scans) {
    const files = await findImages(join(folder, ...scan.split('/'), scanLayout[kind]), [], endingsOf[kind]);
    for (const { path, name } of files) found.push({ path, name: scan === '' ? name : `${scan}/${name}` });
  }
  return found;
}
