/**
 * The first key that stands twice in one object of a JSON text, at any depth; JSON.parse would silently keep the last.
 *
 * @param text JSON that JSON.parse has accepted
 */
export function findDuplicateKey(text: string): string | undefined {
  const open: Set<string>[] = [];
  const token = /[{}]|("(?:[^"\\]|\\.)*")(\s*:)?/g;
  for (const [match, string, colon] of text.matchAll(token)) {
    if (match === '{') open.push(new Set());
    else if (match === '}') open.pop();
    else if (colon !== undefined && string !== undefined) {
      const key = JSON.parse(string) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
}
