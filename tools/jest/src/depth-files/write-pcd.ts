import { numbers } from './write-npy.js';

/** A point cloud file, honest or not. */
export interface PcdParts {
  readonly rows: number;
  readonly columns: number;
  /** x, y, z of each point [rows, columns, 3]. */
  readonly points: ArrayLike<number>;
  readonly data?: 'ascii' | 'binary' | 'binary_compressed';
  /** Type and bytes of the coordinates. */
  readonly type?: 'F4' | 'F8' | 'I2';
  /** Further fields before and after the coordinates. */
  readonly more?: boolean;
  /** Lines of the header instead of the true ones. */
  readonly lie?: Readonly<Record<string, string>>;
}

/** Writes it, without the reader's help. */
export function writePcd({ rows, columns, points, data = 'ascii', type = 'F4', more = false, lie = {} }: PcdParts): Uint8Array {
  const kind = `<${type.toLowerCase()}`;
  const xyz = ['x', 'y', 'z'].map((name, axis) => ({ name, kind, count: 1, value: (i: number) => [points[i * 3 + axis] as number] }));
  const fields = more
    ? [
        { name: 'normal', kind: '<f4', count: 3, value: (i: number) => [i, 0.5, -1] },
        ...xyz,
        { name: 'rgb', kind: '<u4', count: 1, value: (i: number) => [i * 65793] },
        { name: '_', kind: '<u1', count: 2, value: () => [0, 0] },
      ]
    : xyz;
  const truth: Record<string, string> = {
    VERSION: '0.7',
    FIELDS: fields.map(({ name }) => name).join(' '),
    SIZE: fields.map((field) => field.kind.slice(2)).join(' '),
    TYPE: fields.map((field) => field.kind.charAt(1).toUpperCase()).join(' '),
    COUNT: fields.map(({ count }) => count).join(' '),
    WIDTH: String(columns),
    HEIGHT: String(rows),
    VIEWPOINT: '0 0 0 1 0 0 0',
    POINTS: String(rows * columns),
    DATA: data,
  };
  const header = `# .PCD v0.7 - Point Cloud Data file format\n${Object.entries({ ...truth, ...lie }).map(([key, value]) => `${key} ${value}\n`).join('')}`;
  const indices = Array.from({ length: rows * columns }, (_, i) => i);
  if (data === 'ascii') {
    const lines = indices.map((i) => fields.flatMap(({ value }) => value(i).map((v) => (Number.isNaN(v) ? 'nan' : String(v)))).join(' '));
    return Uint8Array.from(Buffer.from(`${header}${lines.join('\n')}\n`));
  }
  const pointwise = indices.flatMap((i) => fields.map((field) => numbers(field.value(i), field.kind)));
  const fieldwise = fields.flatMap((field) => indices.map((i) => numbers(field.value(i), field.kind)));
  if (data === 'binary') return Uint8Array.from(Buffer.concat([Buffer.from(header), ...pointwise]));
  const whole = Buffer.concat(fieldwise);
  const packed = deflateLzf(whole);
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32LE(packed.length, 0);
  sizes.writeUInt32LE(whole.length, 4);
  return Uint8Array.from(Buffer.concat([Buffer.from(header), sizes, packed]));
}

/** LZF by trying every earlier place: copies of 3 to 264 bytes from up to 8192 back, else runs of up to 32 literals. */
export function deflateLzf(data: Uint8Array): Uint8Array {
  const out: number[] = [];
  let literals: number[] = [];
  const flush = (): void => {
    if (literals.length > 0) out.push(literals.length - 1, ...literals);
    literals = [];
  };
  for (let at = 0; at < data.length; ) {
    let [length, distance] = [0, 0];
    for (let back = 1; back <= Math.min(at, 8192); back++) {
      let same = 0;
      while (same < 264 && at + same < data.length && data[at + same] === data[at + same - back]) same++;
      if (same > length) [length, distance] = [same, back];
    }
    if (length < 3) {
      literals.push(data[at++] as number);
      if (literals.length === 32) flush();
      continue;
    }
    flush();
    const [code, place] = [length - 2, distance - 1];
    if (code < 7) out.push((code << 5) | (place >> 8), place & 255);
    else out.push((7 << 5) | (place >> 8), code - 7, place & 255);
    at += length;
  }
  flush();
  return Uint8Array.from(out);
}
