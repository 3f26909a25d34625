/**
 * Names for what `predict` writes, one an image and each once: the image's own without its ending; with a number where
 * two images would share one (`a.png` and `a.jpg`).
 *
 * @param ids paths with forward slashes, relative to the folder they were found in
 */
export function predictionNames(ids: readonly string[]): string[] {
  const taken = new Set<string>();
  return ids.map((id) => {
    const base = id.replace(/(?<=[^/])\.[^./]+$/, '');
    let name = base;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base}-${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
