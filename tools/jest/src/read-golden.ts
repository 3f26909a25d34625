import { readFileSync } from 'node:fs';

/** One array of a golden file, in that file's own layout. */
export interface GoldenArray {
  /** Its shape, row-major. */
  readonly shape: readonly number[];
  /** Its values; integers stay exact. */
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array;
}

const types = { F32: Float32Array, F64: Float64Array, I32: Int32Array, U8: Uint8Array } as const;

/** The arrays of a golden safetensors file by name, read without the package under test. */
export function readGolden(path: string): ReadonlyMap<string, GoldenArray> {
  const bytes = readFileSync(path);
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + headerLength)) as Record<
    string,
    { dtype: keyof typeof types; shape: number[]; data_offsets: [number, number] }
  >;
  const arrays = new Map<string, GoldenArray>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const [from, to] = entry.data_offsets;
    const raw = new Uint8Array(bytes.subarray(8 + headerLength + from, 8 + headerLength + to));
    const Type = types[entry.dtype];
    arrays.set(name, { shape: entry.shape, data: new Type(raw.buffer, 0, raw.byteLength / Type.BYTES_PER_ELEMENT) });
  }
  return arrays;
}

/** The array called `name`, or an error that says it is not there. */
export function goldenArray(arrays: ReadonlyMap<string, GoldenArray>, name: string): GoldenArray {
  const array = arrays.get(name);
  if (!array) throw new Error(`golden array ${name} is not in this file`);
  return array;
}
