import { realpath } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { depthEndings, listImages, pairDepth, type ImageFile } from '@blemish/datasets';
import { usesDepth, usesImage, type Modality } from '@blemish/detectors';
import { UsageError } from './errors.js';

/** True where `path` lies below `folder`; both absolute. */
function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** A path without links, as far as it exists. */
async function real(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

/** What was named to be scored: files and folders. */
export interface NamedParts {
  readonly images: readonly string[];
  readonly depths: readonly string[];
}

/**
 * Lists the parts to score. Where the results go into a folder below one that is listed, earlier results there are not
 * to be scored. A model of depth alone takes depth maps in either place.
 *
 * @throws UsageError where a model's images or depth maps are not named, or some that it does not take are; Error for a
 *   folder that holds none, and a file without its partner
 */
export async function partsToScore({ images, depths }: NamedParts, modality: Modality, out: string): Promise<ImageFile[]> {
  if (!usesImage(modality)) {
    const named = [...depths, ...images];
    if (named.length === 0) throw new UsageError('predict: this model looks at depth; name clouds or height maps with --depth, got none');
    return (await unscored(named, out, depthEndings)).map((file) => ({ ...file, depthPath: file.path }));
  }
  if (images.length === 0) throw new UsageError('predict: expected images, or folders of images, got none');
  if (!usesDepth(modality)) {
    if (depths.length > 0) throw new UsageError('--depth: this model looks at images alone');
    return unscored(images, out);
  }
  if (depths.length === 0) throw new UsageError('--depth: this model looks at images and depth; expected their clouds or height maps, got none');
  const named = (files: readonly ImageFile[]): { path: string; name: string }[] => files.map(({ path, id }) => ({ path, name: id }));
  const pairs = pairDepth(named(await unscored(images, out)), named(await unscored(depths, out, depthEndings)), images.join(', '), depths.join(', '));
  return pairs.map(({ name, ...part }) => ({ ...part, id: name }));
}

/** Files that are no earlier results. */
async function unscored(paths: readonly string[], out: string, endings?: readonly string[]): Promise<ImageFile[]> {
  const results = await real(out);
  const listed: ImageFile[] = [];
  for (const path of paths) {
    const files = await listImages([path], endings);
    const hidden = isBelow(results, await real(path));
    for (const file of files) if (!hidden || !isBelow(await real(file.path), results)) listed.push(file);
  }
  if (listed.length === 0) throw new Error(`${paths.join(', ')}: no ${endings === undefined ? 'images' : 'depth maps'} but earlier results in ${out}`);
  return listed;
}

/**
 * Refuses to write over an image or a depth map that is to be scored.
 *
 * @param targets what will be written, relative to `out`, forward slashes
 * @throws UsageError naming the file
 */
export async function spareImages(files: readonly ImageFile[], targets: readonly string[], out: string): Promise<void> {
  const folder = await real(out);
  const written = new Set(targets.map((target) => join(folder, ...target.split('/')).toLowerCase()));
  for (const path of files.flatMap(({ path: own, depthPath }) => (depthPath === undefined || depthPath === own ? [own] : [own, depthPath]))) {
    if (written.has((await real(path)).toLowerCase())) throw new UsageError(`--out: ${path} would be replaced by its own result; take another folder than ${out}`);
  }
}
