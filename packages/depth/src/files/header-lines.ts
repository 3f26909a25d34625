/** The longest header read, in bytes: what a reader of headers alone has to fetch. */
export const headerLimit = 65536;

/** A line of a text header and where the next one begins. */
export interface HeaderLine {
  readonly text: string;
  readonly next: number;
}

/**
 * The line that begins at byte `at`, without the white space around it; lines end by \n, \r\n or \r.
 *
 * @throws `name: ...` where the header ends before it says that it does, or is longer than `headerLimit`
 */
export function headerLine(bytes: Uint8Array, at: number, name: string): HeaderLine {
  const limit = Math.min(bytes.length, headerLimit);
  let end = at;
  while (end < limit && bytes[end] !== 10 && bytes[end] !== 13) end++;
  if (end >= limit) {
    throw new Error(`${name}: ${end < bytes.length ? `its header is longer than ${headerLimit} bytes` : 'it ends within its header'}`);
  }
  const next = bytes[end] === 13 && bytes[end + 1] === 10 ? end + 2 : end + 1;
  return { text: latin1(bytes.subarray(at, end)).trim(), next };
}

/** Bytes as text, one letter a byte. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** What a file says, as it may stand in a one-line message: quoted, short, of printable characters. */
export function quoted(text: string): string {
  const shown = text.slice(0, 40).replace(/[^ -~]/g, '?');
  return JSON.stringify(text.length > 40 ? `${shown}...` : shown);
}

/** A whole number from 0 to 2^53 as a header writes it. */
export function wholeNumber(text: string | undefined, what: string, name: string): number {
  const value = Number(text);
  if (text === undefined || !/^\d{1,16}$/.test(text) || !Number.isSafeInteger(value)) {
    throw new Error(`${name}: expected a whole number for ${what}, got ${quoted(text ?? '')}`);
  }
  return value;
}
