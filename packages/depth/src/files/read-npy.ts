import { readNpyHeader } from './npy-header.js';

/** The content of a NumPy array file. */
export interface NpyArray {
  /** Its shape, which may have any number of axes. */
  readonly shape: readonly number[];
  /** Its values as float32, row-major whatever the file's order. */
  readonly data: Float32Array;
  /** The file's own type in NumPy's words, such as `<u2`. */
  readonly dtype: string;
  /** Whether that type is one of whole numbers. */
  readonly whole: boolean;
}

const hostIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Reads a NumPy array file (.npy, versions 1 to 3) of float32, float64 or integers, either byte order, either axis order.
 * It allocates no more than 8 times the file (4 where the axis order is C's).
 *
 * @param name what errors call it
 * @throws one line that begins with `name`: not such a file, another type, fewer values than its shape has
 */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const { shape, dtype, scalar, littleEndian, fortran, count, start } = readNpyHeader(bytes, name);
  if (!(count * scalar.bytes <= bytes.length - start)) {
    throw new Error(`${name}: its shape [${shape.slice(0, 8).join(',')}] of ${dtype} needs ${count * scalar.bytes} bytes, ${bytes.length - start} follow`);
  }
  let data: Float32Array;
  if (dtype.endsWith('f4') && littleEndian === hostIsLittleEndian) {
    data = new Float32Array(new Uint8Array(bytes.subarray(start, start + count * 4)).buffer); // a copy, aligned
  } else {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    data = new Float32Array(count);
    for (let i = 0, at = start; i < count; i++, at += scalar.bytes) data[i] = scalar.read(view, at, littleEndian);
  }
  return { shape, data: fortran ? rowMajor(data, shape) : data, dtype, whole: scalar.whole };
}

/** Values whose first axis runs fastest, brought to the order in which the last one does. */
function rowMajor(data: Float32Array, shape: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const turned = new Float32Array(data.length);
  const index = shape.map(() => 0);
  for (let from = 0, to = 0; from < data.length; from++) {
    turned[to] = data[from] as number;
    for (let axis = 0; axis < shape.length; axis++) {
      const [size, stride] = [shape[axis] as number, strides[axis] as number];
      to += stride;
      const moved = (index[axis] as number) + 1;
      index[axis] = moved % size;
      if (moved < size) break;
      to -= stride * size;
    }
  }
  return turned;
}
