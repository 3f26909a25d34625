/**
 * One of commander's usage errors as one line in our form.
 *
 * @param text commander's, which may hold a second line (`Did you mean --good?`)
 * @param command what was called, such as `blemish train`
 */
export function usageLine(text: string, command: string): string {
  const line = text.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ').trim();
  return `blemish: ${line} (${command} --help shows what there is)\n`;
}
