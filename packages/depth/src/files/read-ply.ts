import ndarray, { type NdArray } from 'ndarray';
import { quoted } from './header-lines.js';
import { binaryNumbers, textNumbers, type NumberSource } from './number-source.js';
import { readPlyHeader, type PlyElement, type PlyHeader } from './ply-header.js';
import { unorganised } from './unorganised.js';

/** The [rows, columns] of an organised cloud, from its header alone. */
export function plyGrid({ elements, rows, columns }: PlyHeader, name: string): [rows: number, columns: number] {
  const points = named(elements, 'vertex', name).count;
  if (rows === undefined || columns === undefined) throw unorganised(name, points, 'its header has no obj_info num_rows and num_cols');
  const cells = elements.find((element) => element.name === 'range_grid')?.count ?? points;
  if (!(rows > 0 && columns > 0) || rows * columns !== cells) {
    throw unorganised(name, points, `its header says ${rows} rows and ${columns} columns of ${cells} cells`);
  }
  return [rows, columns];
}

/**
 * Reads an organised PLY cloud: ASCII or binary of either byte order, its rows and columns in `obj_info num_rows` and
 * `num_cols` (or comments `height` and `width`), its vertices all points row by row, or, with an element `range_grid`, the
 * valid ones to which that grid points (as in the Stanford range scans). It allocates no more than 16 times the file.
 *
 * @param name what errors call it
 * @returns [H,W,3] x, y, z in the file's own unit; a point that the grid leaves out is 0, 0, 0
 * @throws one line that begins with `name`: not a PLY, broken, too short, or unorganised
 */
export function readPly(bytes: Uint8Array, name: string): NdArray<Float32Array> {
  const header = readPlyHeader(bytes, name);
  const [rows, columns] = plyGrid(header, name);
  const isText = header.format === 'ascii';
  const values = isText
    ? textNumbers(bytes, header.start, name)
    : binaryNumbers(bytes, header.start, header.format === 'binary_little_endian', name);
  let points: Float32Array | undefined; // [count,3]
  let cells: Int32Array | undefined; // [rows * columns], the point of each or -1
  const wantsGrid = header.elements.some((element) => element.name === 'range_grid');
  for (const element of header.elements) {
    if (points && (cells || !wantsGrid)) break;
    checkRoom(element, values, isText, name);
    if (element.name === 'vertex' && !points) points = readPoints(element, values, name);
    else if (element.name === 'range_grid' && !cells) cells = readCells(element, values, name);
    else for (let row = 0; row < element.count; row++) readRow(element, values, name);
  }
  const data = cells && points ? placed(points, cells, name) : points;
  return ndarray(data as Float32Array, [rows, columns, 3]);
}

/** A header cannot make us allocate, or count, more than the file has room for. */
function checkRoom(element: PlyElement, values: NumberSource, isText: boolean, name: string): void {
  if (element.count > 0 && element.properties.length === 0) throw new Error(`${name}: its element ${quoted(element.name)} has no properties`);
  // A number is at least a digit and a space; an empty list is at least its length.
  const least = element.properties.reduce((sum, { scalar, length }) => sum + (isText ? 2 : (length ?? scalar).bytes), 0);
  if (element.count * least > values.left() + (isText ? 1 : 0)) {
    throw new Error(`${name}: its header says ${element.count} of ${quoted(element.name)}, ${values.left()} bytes cannot hold them`);
  }
}

/** Reads one row and returns the values that are no lists, or with a list in first place that list's first value. */
function readRow(element: PlyElement, values: NumberSource, name: string, target?: Float64Array): void {
  for (let p = 0; p < element.properties.length; p++) {
    const { scalar, length } = element.properties[p] as (typeof element.properties)[number];
    if (!length) {
      const value = values.next(scalar);
      if (target) target[p] = value;
      continue;
    }
    const entries = values.next(length);
    if (!(Number.isInteger(entries) && entries >= 0)) throw new Error(`${name}: a list of ${entries} values in ${quoted(element.name)}`);
    if (target) target[p] = -1;
    for (let i = 0; i < entries; i++) {
      const value = values.next(scalar);
      if (target && i === 0) target[p] = value;
    }
  }
}

function readPoints(element: PlyElement, values: NumberSource, name: string): Float32Array {
  const [x, y, z] = ['x', 'y', 'z'].map((axis) => {
    const at = element.properties.findIndex((property) => property.name === axis && !property.length);
    if (at < 0) throw new Error(`${name}: its vertices have no property ${axis}`);
    return at;
  }) as [number, number, number];
  const points = new Float32Array(element.count * 3);
  const row = new Float64Array(element.properties.length);
  for (let to = 0; to < points.length; to += 3) {
    readRow(element, values, name, row);
    points[to] = row[x] as number;
    points[to + 1] = row[y] as number;
    points[to + 2] = row[z] as number;
  }
  return points;
}

/** The index of each cell's point, -1 where its list is empty. */
function readCells(element: PlyElement, values: NumberSource, name: string): Int32Array {
  const list = element.properties.findIndex((property) => property.length);
  if (list < 0) throw new Error(`${name}: its range_grid lists no vertices`);
  const cells = new Int32Array(element.count);
  const row = new Float64Array(element.properties.length);
  for (let i = 0; i < cells.length; i++) {
    readRow(element, values, name, row);
    const index = row[list] as number;
    if (!(Number.isInteger(index) && index >= -1 && index < 2 ** 31)) throw new Error(`${name}: its range_grid points at vertex ${index}`);
    cells[i] = index;
  }
  return cells;
}

function placed(points: Float32Array, cells: Int32Array, name: string): Float32Array {
  const grid = new Float32Array(cells.length * 3);
  for (let i = 0; i < cells.length; i++) {
    const from = (cells[i] as number) * 3;
    if (from < 0) continue;
    if (from >= points.length) throw new Error(`${name}: its range_grid points at vertex ${from / 3} of ${points.length / 3}`);
    grid.set(points.subarray(from, from + 3), i * 3);
  }
  return grid;
}

function named(elements: readonly PlyElement[], wanted: string, name: string): PlyElement {
  const element = elements.find((candidate) => candidate.name === wanted);
  if (!element) throw new Error(`${name}: it has no element ${wanted}`);
  return element;
}
