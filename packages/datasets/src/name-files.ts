import type { ImageFile } from './dataset.js';
import type { FoundPart } from './pair-depth.js';

/** Parts as files of a list, by the place that they have in it. */
export function nameFiles(parts: readonly FoundPart[], prefix: string): ImageFile[] {
  return parts.map(({ path, name, depthPath }) => ({ path, id: `${prefix}/${name}`, ...(depthPath !== undefined && { depthPath }) }));
}
