import { stem } from './match-masks.js';

/** Throws where two images differ in their ending only: their masks and their maps would be one file. */
export function sameNames(images: readonly { readonly path: string; readonly name: string }[]): void {
  const seen = new Map<string, string>();
  for (const { path, name } of images) {
    const other = seen.get(stem(name));
    if (other !== undefined) throw new Error(`${path}: differs from ${other} in its ending only; test images need names of their own`);
    seen.set(stem(name), path);
  }
}
