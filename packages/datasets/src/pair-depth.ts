import type { FoundFile } from './find-images.js';
import { stem } from './match-masks.js';

/** A part that was found: its image or its depth map, and what belongs to it. */
export interface FoundPart extends FoundFile {
  readonly depthPath?: string;
}

/**
 * Pairs images with their depth maps: the same relative name, any ending.
 *
 * @param imageFolder said where an image is missing; likewise `depthFolder`
 * @throws one line that names the file and where its partner was expected; two files that would share a partner
 */
export function pairDepth(images: readonly FoundFile[], depths: readonly FoundFile[], imageFolder: string, depthFolder: string): FoundPart[] {
  const pictures = byStem(images);
  const maps = byStem(depths);
  const missing = (files: ReadonlyMap<string, FoundFile>, partners: ReadonlyMap<string, FoundFile>): FoundFile[] =>
    [...files].filter(([name]) => !partners.has(name)).map(([, file]) => file);
  alone(missing(pictures, maps), 'an image', 'depth map', depthFolder);
  alone(missing(maps, pictures), 'a depth map', 'image', imageFolder);
  return images.map((image) => ({ ...image, depthPath: (maps.get(stem(image.name)) as FoundFile).path }));
}

function byStem(files: readonly FoundFile[]): Map<string, FoundFile> {
  const found = new Map<string, FoundFile>();
  for (const file of files) {
    const other = found.get(stem(file.name));
    if (other) throw new Error(`${file.path}: differs from ${other.path} in its ending only; images and depth maps are paired by the rest of their names`);
    found.set(stem(file.name), file);
  }
  return found;
}

function alone(files: readonly FoundFile[], what: string, partner: string, folder: string): void {
  const [first] = files;
  if (!first) return;
  const more = files.length > 1 ? ` (and ${files.length - 1} more of these)` : '';
  throw new Error(`${first.path}: ${what} without its ${partner}, expected ${folder}/${stem(first.name)}.*${more}`);
}
