import type { FoundFile } from './find-images.js';

/** A name without its ending. */
export function stem(name: string): string {
  return name.replace(/\.[^./]+$/, '');
}

/**
 * Finds each image's mask: the same relative name with `_mask`, or without, and any image ending.
 *
 * @returns for each image its mask's path, or undefined
 * @throws for two masks of one image, and for a mask whose image is not there
 */
export function matchMasks(images: readonly FoundFile[], masks: readonly FoundFile[], imageFolder: string): (string | undefined)[] {
  const byStem = new Map<string, FoundFile>();
  for (const mask of masks) {
    const other = byStem.get(stem(mask.name));
    if (other) throw new Error(`${mask.path}: a second mask beside ${other.path}`);
    byStem.set(stem(mask.name), mask);
  }
  const left = new Map(byStem);
  const matched = images.map(({ name }) => {
    const [marked, plain] = [byStem.get(`${stem(name)}_mask`), byStem.get(stem(name))];
    if (marked && plain && marked !== plain) throw new Error(`${plain.path}: a second mask beside ${marked.path}`);
    const mask = marked ?? plain;
    if (mask) left.delete(stem(mask.name));
    return mask?.path;
  });
  const [orphan] = left.values();
  if (orphan) {
    const more = left.size > 1 ? ` (and ${left.size - 1} more such masks)` : '';
    throw new Error(`${orphan.path}: a mask without its image, expected ${imageFolder}/${stem(orphan.name).replace(/_mask$/, '')}.*${more}`);
  }
  return matched;
}
