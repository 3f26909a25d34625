import { headerLimit, latin1, quoted, wholeNumber } from './header-lines.js';
import { scalarNamed, type Scalar } from './scalars.js';

/** What an array file says of itself. */
export interface NpyHeader {
  readonly shape: readonly number[];
  /** Its type in NumPy's words, such as `<f4`. */
  readonly dtype: string;
  readonly scalar: Scalar;
  readonly littleEndian: boolean;
  /** Whether the first axis runs fastest. */
  readonly fortran: boolean;
  /** Number of values, the product of the shape. */
  readonly count: number;
  /** Byte at which they begin. */
  readonly start: number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const; // "\x93NUMPY"

/** Whether a file begins as an array file does. */
export function isNpy(bytes: Uint8Array): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

/**
 * The header of a NumPy array file, versions 1 to 3.
 *
 * @throws `name: ...`: no array file, a type that is no plain number, a header that cannot be read
 */
export function readNpyHeader(bytes: Uint8Array, name: string): NpyHeader {
  if (!isNpy(bytes)) throw new Error(`${name}: not an NPY file`);
  const version = bytes[6] ?? 0;
  if (bytes.length >= 8 && (version < 1 || version > 3)) throw new Error(`${name}: NPY version ${version} is not known; 1 to 3 are read`);
  const begin = version === 1 ? 10 : 12;
  if (bytes.length < begin) throw new Error(`${name}: it ends within its header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (begin + length > headerLimit) throw new Error(`${name}: its header is longer than ${headerLimit} bytes`);
  if (begin + length > bytes.length) throw new Error(`${name}: it ends within its header`);
  const text = latin1(bytes.subarray(begin, begin + length));
  const dtype = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)\b/.exec(text)?.[1];
  const axes = /'shape'\s*:\s*\(([^()]*)\)/.exec(text)?.[1];
  if (dtype === undefined || order === undefined || axes === undefined) {
    throw new Error(`${name}: its header names no plain type, order and shape: ${quoted(text.trim())}`);
  }
  const scalar = scalarNamed(dtype.slice(1));
  if (!scalar || !'<>|='.includes(dtype.charAt(0))) {
    throw new Error(`${name}: values of type ${quoted(dtype)} are not read; float32, float64 and integers are`);
  }
  const shape = axes
    .split(',')
    .map((axis) => axis.trim())
    .filter((axis, i, all) => axis !== '' || i < all.length - 1) // (5,) and () end by nothing
    .map((axis) => wholeNumber(axis, 'an axis of its shape', name));
  if (shape.length > 32) throw new Error(`${name}: an array of ${shape.length} axes; up to 32 are read`);
  const count = shape.reduce((product, axis) => product * axis, 1);
  return { shape, dtype, scalar, littleEndian: !dtype.startsWith('>'), fortran: order === 'True', count, start: begin + length };
}
