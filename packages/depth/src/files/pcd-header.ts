import { headerLine, quoted, wholeNumber } from './header-lines.js';
import { scalarNamed, type Scalar } from './scalars.js';

/** One field of each point, `count` values of one type. */
export interface PcdField {
  readonly name: string;
  readonly scalar: Scalar;
  readonly count: number;
}

/** What a point cloud file says of itself. */
export interface PcdHeader {
  readonly fields: readonly PcdField[];
  /** Columns; all points where they are unorganised. */
  readonly width: number;
  /** Rows; 1 where the points are unorganised. */
  readonly height: number;
  readonly storage: 'ascii' | 'binary' | 'binary_compressed';
  /** Byte at which the data begin. */
  readonly start: number;
}

const storages = ['ascii', 'binary', 'binary_compressed'] as const;

/** Whether a file begins as a point cloud file does: by its comment, or without one by its version. */
export function isPcd(bytes: Uint8Array): boolean {
  const begin = String.fromCharCode(...bytes.subarray(0, 8));
  return begin.startsWith('# .PCD') || begin === 'VERSION ';
}

/**
 * The header of a PCD file, versions 0.5 to 0.7.
 *
 * @throws `name: ...`: no such file, an entry missing or of another form than the format's
 */
export function readPcdHeader(bytes: Uint8Array, name: string): PcdHeader {
  if (!isPcd(bytes)) throw new Error(`${name}: not a PCD file`);
  const entries = new Map<string, readonly string[]>();
  let at = 0;
  while (!entries.has('DATA')) {
    const { text, next } = headerLine(bytes, at, name);
    at = next;
    const [key = '', ...words] = text.split(/\s+/);
    if (!key.startsWith('#')) entries.set(key === 'COLUMNS' ? 'FIELDS' : key, words); // COLUMNS in version 0.5
  }
  const required = (key: string): readonly string[] => {
    const words = entries.get(key);
    if (!words) throw new Error(`${name}: its header has no ${key}`);
    return words;
  };
  const whole = (key: string): number => wholeNumber(required(key)[0], key, name);
  const [width, height] = [whole('WIDTH'), whole('HEIGHT')];
  const points = entries.has('POINTS') ? whole('POINTS') : width * height;
  if (points !== width * height) throw new Error(`${name}: its header says ${points} points in ${height} rows of ${width}`);
  const storage = storages.find((known) => known === required('DATA')[0]);
  if (!storage) throw new Error(`${name}: data stored as ${quoted(required('DATA')[0] ?? '')}; ${storages.join(', ')} are read`);
  const [names, sizes, types] = [required('FIELDS'), required('SIZE'), required('TYPE')];
  const counts = entries.get('COUNT');
  const fields = names.map((field, i) => {
    const scalar = scalarNamed(`${types[i]?.toLowerCase()}${sizes[i]}`);
    if (!scalar) throw new Error(`${name}: field ${quoted(field)} is of type ${quoted(types[i] ?? '')} and size ${quoted(sizes[i] ?? '')}`);
    const count = counts ? wholeNumber(counts[i], `the COUNT of ${quoted(field)}`, name) : 1;
    return { name: field, scalar, count };
  });
  return { fields, width, height, storage, start: at };
}
