import { headerLine, quoted, wholeNumber } from './header-lines.js';
import { scalars, type Scalar, type ScalarName } from './scalars.js';

/** One value of each row of an element, or a list of values. */
export interface PlyProperty {
  readonly name: string;
  readonly scalar: Scalar;
  /** The type of a list's length, which stands before its values. */
  readonly length?: Scalar;
}

/** A table of the file: vertices, faces, or the cells of a grid. */
export interface PlyElement {
  readonly name: string;
  readonly count: number;
  readonly properties: readonly PlyProperty[];
}

/** What a polygon file says of itself. */
export interface PlyHeader {
  readonly format: 'ascii' | 'binary_little_endian' | 'binary_big_endian';
  readonly elements: readonly PlyElement[];
  /** The grid that comments or notes name. */
  readonly rows: number | undefined;
  readonly columns: number | undefined;
  /** Byte at which the data begin. */
  readonly start: number;
}

const types: ReadonlyMap<string, ScalarName> = new Map([
  ['char', 'i1'], ['uchar', 'u1'], ['short', 'i2'], ['ushort', 'u2'], ['int', 'i4'], ['uint', 'u4'], ['float', 'f4'], ['double', 'f8'],
  ['int8', 'i1'], ['uint8', 'u1'], ['int16', 'i2'], ['uint16', 'u2'], ['int32', 'i4'], ['uint32', 'u4'], ['float32', 'f4'], ['float64', 'f8'],
]);

const formats = ['ascii', 'binary_little_endian', 'binary_big_endian'] as const;
const gridNote = /^(?:obj_info|comment)\s+(num_cols|num_rows|width|height)\s*[ :=]\s*(\d+)$/i;

/** Whether a file begins as a polygon file does. */
export function isPly(bytes: Uint8Array): boolean {
  return bytes[0] === 0x70 && bytes[1] === 0x6c && bytes[2] === 0x79 && (bytes[3] === 10 || bytes[3] === 13); // "ply"
}

/**
 * The header of a PLY file.
 *
 * @throws `name: ...`: no such file, a line that cannot be read, a format or type that is not known
 */
export function readPlyHeader(bytes: Uint8Array, name: string): PlyHeader {
  if (!isPly(bytes)) throw new Error(`${name}: not a PLY file`);
  const elements: { name: string; count: number; properties: PlyProperty[] }[] = [];
  let format: PlyHeader['format'] | undefined;
  const grid: { rows?: number; columns?: number } = {};
  for (let { text, next } = headerLine(bytes, 0, name); ; ({ text, next } = headerLine(bytes, next, name))) {
    const words = text.split(/\s+/);
    const [keyword, first = '', second] = words;
    if (keyword === 'end_header') {
      if (!format) throw new Error(`${name}: its header names no format`);
      return { format, elements, rows: grid.rows, columns: grid.columns, start: next };
    }
    if (keyword === 'format') {
      format = formats.find((known) => known === first);
      if (!format) throw new Error(`${name}: format ${quoted(first)} is not known; ${formats.join(', ')} are`);
    } else if (keyword === 'element') {
      elements.push({ name: first, count: wholeNumber(second, `the number of ${quoted(first)}`, name), properties: [] });
    } else if (keyword === 'property') {
      const element = elements.at(-1);
      if (!element) throw new Error(`${name}: a property before the first element`);
      element.properties.push(property(words, name));
    } else {
      const [, key, value] = gridNote.exec(text) ?? [];
      if (key) grid[/rows|height/i.test(key) ? 'rows' : 'columns'] = wholeNumber(value, key, name);
    }
  }
}

/** `property float x`, or `property list uchar int vertex_indices`. */
function property(words: readonly string[], name: string): PlyProperty {
  if (words[1] === 'list') return { name: words[4] ?? '', scalar: typed(words[3], name), length: typed(words[2], name) };
  return { name: words[2] ?? '', scalar: typed(words[1], name) };
}

function typed(word: string | undefined, name: string): Scalar {
  const known = types.get(word ?? '');
  if (!known) throw new Error(`${name}: properties of type ${quoted(word ?? '')} are not known`);
  return scalars[known];
}
