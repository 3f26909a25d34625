/**
 * Names for what `predict` writes, one an image and each once: the image's own without its ending; with a number where
 * two images would share one (`a.png` and `a.jpg`). A name takes `NAME.cloud` with it, the view of its points.
 *
 * @param ids paths with forward slashes, relative to the folder they were found in
 */
export function predictionNames(ids: readonly string[]): string[] {
  const taken = new Set<string>();
  return ids.map((id) => {
    const base = id.replace(/(?<=[^/])\.[^./]+$/, '');
    let name = base;
    const all = (): string[] => [name, `${name}.cloud`].map((one) => one.toLowerCase());
    for (let n = 2; all().some((one) => taken.has(one)); n++) name = `${base}-${n}`;
    for (const one of all()) taken.add(one);
    return name;
  });
}
