// libvips puts one finding a line, each behind the name of the function that found it.
const origin = /^(Input (buffer|file) has corrupt header: )?(\w*vips\w*: )?/i;
const silent = /^(Warning treated as error|Unknown error|$)/;

/**
 * The one-line error for a file whose content is damaged: `FILE: broken PNG (what is wrong)`, the cause kept; a cause that names
 * the file itself is one already.
 */
export function brokenImage(name: string, format: string, cause: unknown): Error {
  if (cause instanceof Error && cause.message.startsWith(`${name}: `)) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const lines = message.split('\n').map((line) => line.trim().replace(origin, ''));
  const finding = lines.find((line) => !silent.test(line)) ?? 'no reason given';
  const reason = /^Input (buffer|file) contains unsupported/.test(finding) ? 'its header cannot be read' : finding;
  return new Error(`${name}: broken ${format} (${reason})`, { cause });
}
