/** An array file as NumPy writes it, honest or not. */
export interface NpyParts {
  readonly shape: readonly number[];
  /** In the order in which they stand in the file. */
  readonly values: ArrayLike<number>;
  /** NumPy's name of the type, such as `<f4` or `>i2`. */
  readonly dtype?: string;
  readonly fortran?: boolean;
  readonly version?: 1 | 2 | 3;
  /** What the header says instead of the truth. */
  readonly lie?: { readonly shape?: string; readonly dtype?: string };
}

/** Writes it, without the reader's help. */
export function writeNpy({ shape, values, dtype = '<f4', fortran = false, version = 1, lie = {} }: NpyParts): Uint8Array {
  const said = lie.shape ?? `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const dict = `{'descr': '${lie.dtype ?? dtype}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${said}, }`;
  const begin = version === 1 ? 10 : 12;
  const header = Buffer.from(`${dict.padEnd(Math.ceil((begin + dict.length + 1) / 64) * 64 - begin - 1)}\n`, 'latin1');
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), version, 0, 0, 0, 0, 0].slice(0, begin));
  if (version === 1) start.writeUInt16LE(header.length, 8);
  else start.writeUInt32LE(header.length, 8);
  return Uint8Array.from(Buffer.concat([start, header, numbers(values, dtype)]));
}

/** Numbers as bytes of a type that NumPy names. */
export function numbers(values: ArrayLike<number>, dtype: string): Uint8Array {
  const [kind, size, little] = [dtype.charAt(1), Number(dtype.slice(2)), !dtype.startsWith('>')];
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) {
    const [at, value] = [i * size, values[i] as number];
    if (kind === 'f' && size === 4) view.setFloat32(at, value, little);
    else if (kind === 'f') view.setFloat64(at, value, little);
    else if (size === 8) view.setBigInt64(at, BigInt(value), little);
    else if (size === 4) view.setInt32(at, value, little);
    else if (size === 2) view.setInt16(at, value, little);
    else view.setInt8(at, value);
  }
  return bytes;
}
