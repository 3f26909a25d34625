import ndarray, { type NdArray } from 'ndarray';
import { inflateLzf, lzfRatio } from './lzf.js';
import { textNumbers } from './number-source.js';
import { readPcdHeader, type PcdField, type PcdHeader } from './pcd-header.js';
import { unorganised } from './unorganised.js';

/** The [rows, columns] of an organised cloud, from its header alone. */
export function pcdGrid({ width, height }: PcdHeader, name: string): [rows: number, columns: number] {
  if (height < 2 || width < 1) throw unorganised(name, width * height, `HEIGHT ${height}, WIDTH ${width}`);
  return [height, width];
}

/**
 * Reads an organised PCD cloud: `ascii`, `binary` (little-endian) or `binary_compressed` (LZF). It allocates no more than 8
 * times the file, or 450 times where that is compressed: LZF makes up to 88 bytes out of one.
 *
 * @param name what errors call it
 * @returns [H,W,3] x, y, z in the file's own unit, as they are: a missing point is NaN in most files
 * @throws one line that begins with `name`: not a PCD, broken, too short, or unorganised
 */
export function readPcd(bytes: Uint8Array, name: string): NdArray<Float32Array> {
  const header = readPcdHeader(bytes, name);
  const [rows, columns] = pcdGrid(header, name);
  const axes = ['x', 'y', 'z'].map((axis) => {
    const at = header.fields.findIndex((field) => field.name === axis && field.count === 1);
    if (at < 0) throw new Error(`${name}: its points have no field ${axis}`);
    return at;
  });
  const points = rows * columns;
  // Bytes of a point; as text, at least a digit and a space for each value.
  const size = header.fields.reduce((sum, { scalar, count }) => sum + (header.storage === 'ascii' ? 2 : scalar.bytes) * count, 0);
  const left = bytes.length - header.start;
  const room = header.storage === 'ascii' ? left + 1 : header.storage === 'binary' ? left : left * lzfRatio;
  if (!(points * size <= room)) throw new Error(`${name}: its header says ${rows} rows of ${columns} points, ${left} bytes cannot hold them`);
  const data = header.storage === 'ascii' ? fromText(bytes, header, axes, points, name) : fromBytes(bytes, header, axes, points, size, name);
  return ndarray(data, [rows, columns, 3]);
}

function fromText(bytes: Uint8Array, { fields, start }: PcdHeader, axes: readonly number[], points: number, name: string): Float32Array {
  const values = textNumbers(bytes, start, name);
  const data = new Float32Array(points * 3);
  for (let point = 0; point < points; point++) {
    for (let f = 0; f < fields.length; f++) {
      const { scalar, count } = fields[f] as PcdField;
      const axis = axes.indexOf(f);
      for (let i = 0; i < count; i++) {
        const value = values.next(scalar);
        if (axis >= 0) data[point * 3 + axis] = value;
      }
    }
  }
  return data;
}

/** Binary points stand one after the other; compressed ones field by field. */
function fromBytes(
  bytes: Uint8Array,
  { fields, storage, start }: PcdHeader,
  axes: readonly number[],
  points: number,
  size: number,
  name: string,
): Float32Array {
  const compressed = storage === 'binary_compressed';
  const body = compressed ? inflated(bytes, start, points * size, name) : bytes.subarray(start);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const data = new Float32Array(points * 3);
  axes.forEach((field, axis) => {
    const { scalar } = fields[field] as PcdField;
    const before = fields.slice(0, field).reduce((sum, other) => sum + other.scalar.bytes * other.count, 0);
    const [first, step] = compressed ? [before * points, scalar.bytes] : [before, size];
    for (let point = 0; point < points; point++) data[point * 3 + axis] = scalar.read(view, first + point * step, true);
  });
  return data;
}

function inflated(bytes: Uint8Array, start: number, length: number, name: string): Uint8Array {
  if (start + 8 > bytes.length) throw new Error(`${name}: it ends within its data`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [packed, unpacked] = [view.getUint32(start, true), view.getUint32(start + 4, true)];
  if (start + 8 + packed > bytes.length) throw new Error(`${name}: it ends within its compressed data`);
  if (unpacked !== length) throw new Error(`${name}: its compressed data hold ${unpacked} bytes, its points have ${length}`);
  if (length > packed * lzfRatio) throw new Error(`${name}: ${packed} compressed bytes cannot hold ${length}`);
  try {
    return inflateLzf(bytes.subarray(start + 8, start + 8 + packed), length);
  } catch (cause) {
    throw new Error(`${name}: ${(cause as Error).message}`, { cause });
  }
}
