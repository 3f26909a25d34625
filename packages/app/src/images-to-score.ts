import { realpath } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { listImages, type ImageFile } from '@blemish/datasets';
import { UsageError } from './errors.js';

/** True where `path` lies below `folder`; both absolute. */
function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** A path without links, as far as it exists. */
async function real(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

/**
 * Lists the images to score. Where the results go into a folder below one that is listed, earlier results there are no
 * images to score.
 *
 * @throws Error for a folder without images
 */
export async function imagesToScore(paths: readonly string[], out: string): Promise<ImageFile[]> {
  const results = await real(out);
  const listed: ImageFile[] = [];
  for (const path of paths) {
    const files = await listImages([path]);
    const hidden = isBelow(results, await real(path));
    for (const file of files) if (!hidden || !isBelow(await real(file.path), results)) listed.push(file);
  }
  if (listed.length === 0) throw new Error(`${paths.join(', ')}: no images but earlier results in ${out}`);
  return listed;
}

/**
 * Refuses to write over an image that is to be scored.
 *
 * @param targets what will be written, relative to `out`, forward slashes
 * @throws UsageError naming the image
 */
export async function spareImages(files: readonly ImageFile[], targets: readonly string[], out: string): Promise<void> {
  const folder = await real(out);
  const written = new Set(targets.map((target) => join(folder, ...target.split('/')).toLowerCase()));
  for (const { path } of files) {
    if (written.has((await real(path)).toLowerCase())) throw new UsageError(`--out: ${path} would be replaced by its own picture; take another folder than ${out}`);
  }
}
