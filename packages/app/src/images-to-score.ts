import { realpath } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { besideScans, folderExists, listImages, scanFolders, type FileKind, type ImageFile } from '@blemish/datasets';
import { usesDepth, usesImage, type Modality } from '@blemish/detectors';
import { UsageError } from './errors.js';
import { pairNamed, type ListNamed, type NamedParts } from './pair-named.js';
import type { Terminal } from './terminal.js';

/** True where `path` lies below `folder`; both absolute. */
function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** A path without links, as far as it exists. */
async function real(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

/**
 * Lists the parts to score. Where the results go into a folder below one that is listed, earlier results there are not
 * to be scored. A model of depth alone takes depth maps in either place; folders with `rgb` and `xyz` side by side (MVTec
 * 3D-AD) hold whatever a model looks at, named once.
 *
 * @throws UsageError where a model's images or depth maps are not named, or some that it does not take are; Error for a
 *   folder that holds none, and a file without its partner
 */
export async function partsToScore(named: NamedParts, modality: Modality, out: string, terminal: Pick<Terminal, 'note'>): Promise<ImageFile[]> {
  const parts = await listParts(named, modality, out);
  // A model of depth alone takes its depth maps in either place.
  await noteLeftOut(usesImage(modality) ? named.images : [...named.depths, ...named.images], usesImage(modality) ? 'image' : 'depth', out, terminal);
  return parts;
}

async function listParts({ images, depths }: NamedParts, modality: Modality, out: string): Promise<ImageFile[]> {
  const list: ListNamed = (paths, kind, beside) => unscored(paths, kind, beside, out);
  if (!usesImage(modality)) {
    const both = images.length > 0 && depths.length > 0;
    if (both) throw new UsageError(`predict: this model looks at depth alone; expected clouds or height maps with --depth alone, got images too (${images[0]})`);
    const named = [...depths, ...images];
    if (named.length === 0) throw new UsageError('predict: this model looks at depth alone; name clouds or height maps with --depth, got none');
    return (await list(named, 'depth')).map((file) => ({ ...file, depthPath: file.path }));
  }
  const looks = usesDepth(modality) ? 'images and depth' : 'images alone';
  if (images.length === 0) throw new UsageError(`predict: this model looks at ${looks}; expected images, or folders of images${depths.length > 0 ? ' beside --depth' : ''}, got none`);
  if (!usesDepth(modality)) {
    if (depths.length > 0) throw new UsageError(`--depth: this model looks at images alone; leave out ${depths[0]}`);
    return list(images, 'image');
  }
  if (depths.length > 0) return pairNamed({ images, depths }, list);
  if (await areScans(images)) return pairNamed({ images, depths: images }, list);
  throw new UsageError('--depth: this model looks at images and depth; expected their clouds or height maps, or folders with rgb/ and xyz/, got none');
}

async function areScans(paths: readonly string[]): Promise<boolean> {
  for (const path of paths) if (!(await folderExists(path)) || (await scanFolders(path)).length === 0) return false;
  return true;
}

/**
 * Says how many files of a folder are not scored because it holds scans, too. It is a note and no error: such a folder often
 * holds pictures that are no parts, a preview or a photograph of the setup, and those who mean them can name them.
 */
async function noteLeftOut(paths: readonly string[], kind: FileKind, out: string, terminal: Pick<Terminal, 'note'>): Promise<void> {
  const apart = await Promise.all([...paths, out].map(real)); // scored where it is named itself, or results
  for (const path of paths) {
    if (!(await folderExists(path))) continue;
    const own = await real(path);
    const left = await besideScans(path, kind, apart.filter((other) => isBelow(other, own)));
    const [first] = left;
    if (first === undefined) continue;
    const what = kind === 'image' ? 'images' : 'depth maps';
    const which = `${left.length} (${first.name}${left.length > 1 ? ', ...' : ''})`;
    terminal.note(`note: ${path}: holds rgb/ and xyz/ side by side; ${what} outside them are left out: ${which}; name them to score them, too`);
  }
}

/** Files that are no earlier results. */
async function unscored(paths: readonly string[], kind: FileKind, beside: string | undefined, out: string): Promise<ImageFile[]> {
  const results = await real(out);
  const listed: ImageFile[] = [];
  for (const path of paths) {
    const files = await listImages([path], kind, beside);
    const hidden = isBelow(results, await real(path));
    for (const file of files) if (!hidden || !isBelow(await real(file.path), results)) listed.push(file);
  }
  if (listed.length === 0) throw new Error(`${paths.join(', ')}: no ${kind === 'image' ? 'images' : 'depth maps'} but earlier results in ${out}`);
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
