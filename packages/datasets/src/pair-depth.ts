import type { FoundFile } from './find-images.js';
import { stem } from './match-masks.js';
import { scanLayout } from './scan-folders.js';

/** A part that was found: its image or its depth map, and what belongs to it. */
export interface FoundPart extends FoundFile {
  readonly depthPath?: string;
}

/** Says where a part's image or depth map was expected, from its name without ending. */
export interface ExpectedAt {
  readonly image: (stem: string) => string;
  readonly depth: (stem: string) => string;
}

/** Where partners are expected that lie in a folder each. */
export function inFolders(images: string, depths: string): ExpectedAt {
  return { image: (name) => `${images}/${name}.*`, depth: (name) => `${depths}/${name}.*` };
}

/** Where partners are expected of scans below a folder each, often the same one: in `rgb` and `xyz` side by side. */
export function inScans(images: string, depths: string): ExpectedAt {
  const beside = (folder: string, inner: string) => (name: string) => `${folder}/${name.replace(/[^/]+$/, `${inner}/$&`)}.*`;
  return { image: beside(images, scanLayout.image), depth: beside(depths, scanLayout.depth) };
}

/**
 * Pairs images with their depth maps: the same relative name, any ending.
 *
 * @throws one line that names the file and where its partner was expected; two files that would share a partner
 */
export function pairDepth(images: readonly FoundFile[], depths: readonly FoundFile[], expected: ExpectedAt): FoundPart[] {
  const pictures = byStem(images);
  const maps = byStem(depths);
  const missing = (files: ReadonlyMap<string, FoundFile>, partners: ReadonlyMap<string, FoundFile>): FoundFile[] =>
    [...files].filter(([name]) => !partners.has(name)).map(([, file]) => file);
  alone(missing(pictures, maps), 'an image', 'depth map', expected.depth);
  alone(missing(maps, pictures), 'a depth map', 'image', expected.image);
  return images.map((image) => ({ ...image, depthPath: (maps.get(stem(image.name)) as FoundFile).path }));
}

function byStem(files: readonly FoundFile[]): Map<string, FoundFile> {
  const found = new Map<string, FoundFile>();
  for (const file of files) {
    const other = found.get(stem(file.name));
    if (other) throw new Error(`${file.path}: ${likeness(file.path, other.path)}; images and depth maps are paired by their names without endings`);
    found.set(stem(file.name), file);
  }
  return found;
}

function likeness(path: string, other: string): string {
  if (path === other) return 'is named twice';
  return stem(path) === stem(other) ? `differs from ${other} in its ending only` : `has the name of ${other}`;
}

function alone(files: readonly FoundFile[], what: string, partner: string, expected: (stem: string) => string): void {
  const [first] = files;
  if (!first) return;
  const more = files.length > 1 ? ` (and ${files.length - 1} more of these)` : '';
  throw new Error(`${first.path}: ${what} without its ${partner}, expected ${expected(stem(first.name))}${more}`);
}
