import { numbers } from './write-npy.js';

/** A polygon file, honest or not. */
export interface PlyParts {
  readonly rows: number;
  readonly columns: number;
  /** x, y, z of each point [rows, columns, 3]. */
  readonly points: ArrayLike<number>;
  readonly format?: 'ascii' | 'binary_little_endian' | 'binary_big_endian';
  /** NumPy's letter and bytes of the coordinates' type. */
  readonly type?: 'f4' | 'f8' | 'i2';
  /** How the grid is told: in notes, in comments, by a grid of indices of the points whose z is not 0, or not at all. */
  readonly grid?: 'obj_info' | 'comment' | 'range_grid' | 'none';
  /** Further properties of each vertex, a list among them, and an element before it. */
  readonly more?: boolean;
  /** Number of vertices that the header says. */
  readonly claim?: number;
  readonly newline?: string;
}

/** Writes it, without the reader's help. */
export function writePly(parts: PlyParts): Uint8Array {
  const { rows, columns, points, format = 'ascii', type = 'f4', grid = 'obj_info', more = false, claim, newline = '\n' } = parts;
  const order = format === 'binary_big_endian' ? '>' : '<';
  const put = (value: number, kind: string): Uint8Array =>
    format === 'ascii' ? Buffer.from(`${String(value).replace('Infinity', 'inf')} `) : numbers([value], order + kind);
  const endRow = format === 'ascii' ? Buffer.from(newline) : new Uint8Array(0);
  const all = Array.from({ length: rows * columns }, (_, i) => [0, 1, 2].map((axis) => points[i * 3 + axis] as number));
  const kept = grid === 'range_grid' ? all.filter((point) => point[2] !== 0) : all;
  let index = 0;
  const name = { f4: 'float', f8: 'double', i2: 'int16' }[type];
  const header = [
    'ply',
    `format ${format} 1.0`,
    'comment written for a test',
    ...(grid === 'obj_info' || grid === 'range_grid' ? [`obj_info num_cols ${columns}`, `obj_info num_rows ${rows}`] : []),
    ...(grid === 'comment' ? [`comment width ${columns}`, `comment height: ${rows}`] : []),
    ...(more ? ['element camera 2', 'property float focus', 'property list uchar short pixels'] : []),
    `element vertex ${claim ?? kept.length}`,
    ...(more ? ['property uchar confidence'] : []),
    ...['x', 'y', 'z'].map((axis) => `property ${name} ${axis}`),
    ...(more ? ['property list uchar int neighbours', 'property double curvature'] : []),
    ...(grid === 'range_grid' ? [`element range_grid ${rows * columns}`, 'property list uchar int vertex_indices'] : []),
    'element face 0',
    'property list uchar int vertex_indices',
    'end_header',
  ];
  const camera = [put(2.5, 'f4'), put(2, 'u1'), put(-3, 'i2'), put(4, 'i2'), endRow];
  return Uint8Array.from(
    Buffer.concat([
      Buffer.from(header.map((line) => line + newline).join('')),
      ...(more ? [...camera, ...camera] : []),
      ...kept.flatMap((point, i) => [
        ...(more ? [put(i % 200, 'u1')] : []),
        ...point.map((value) => put(value, type)),
        ...(more ? [put(1, 'u1'), put(i, 'i4'), put(0.25, 'f8')] : []),
        endRow,
      ]),
      ...(grid === 'range_grid' ? all.flatMap((point) => [...(point[2] === 0 ? [put(0, 'u1')] : [put(1, 'u1'), put(index++, 'i4')]), endRow]) : []),
    ]),
  );
}
