import { latin1, quoted } from './header-lines.js';
import { parseDecimal } from './parse-decimal.js';
import type { Scalar } from './scalars.js';

/** The numbers of a file's body, one after the other. */
export interface NumberSource {
  /** The next number, which in a binary file is of type `scalar`. */
  readonly next: (scalar: Scalar) => number;
  /** Bytes that are left. */
  readonly left: () => number;
}

/** Numbers as bytes. Errors begin with `name`. */
export function binaryNumbers(bytes: Uint8Array, start: number, littleEndian: boolean, name: string): NumberSource {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  return {
    next(scalar) {
      if (at + scalar.bytes > bytes.length) throw new Error(`${name}: it ends within its data`);
      const value = scalar.read(view, at, littleEndian);
      at += scalar.bytes;
      return value;
    },
    left: () => bytes.length - at,
  };
}

/** No number is written with more characters. */
const longest = 64;

/** Numbers as text between white space; `nan` and `inf` are numbers. Errors begin with `name`. */
export function textNumbers(bytes: Uint8Array, start: number, name: string): NumberSource {
  let at = start;
  return {
    next() {
      while (at < bytes.length && (bytes[at] as number) <= 32) at++;
      const from = at;
      while (at < bytes.length && (bytes[at] as number) > 32 && at - from <= longest) at++;
      if (at === from) throw new Error(`${name}: it ends within its data`);
      if (at - from > longest) throw new Error(`${name}: expected a number in its data, got ${quoted(latin1(bytes.subarray(from, at)))}`);
      return parseDecimal(bytes, from, at) ?? parsed(latin1(bytes.subarray(from, at)), name);
    },
    left: () => bytes.length - at,
  };
}

function parsed(text: string, name: string): number {
  // Number() also takes 0x10 and the like, which no cloud file means.
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (/^[+-]?nan(\(.*\))?$/i.test(text)) return Number.NaN;
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  throw new Error(`${name}: expected a number in its data, got ${quoted(text)}`);
}
