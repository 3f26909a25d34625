import { dtypes, elementCount, encodeElements } from './dtypes.js';
import type { WeightArray } from './weight-array.js';
import { fault, quote } from './weights-error.js';

/**
 * The bytes of a safetensors file: the same arrays and metadata always give the same bytes. The header keeps the order
 * given; the data stands widest elements first, so that every array is aligned.
 *
 * @param tensors arrays by name; float32 values of `F16` and `BF16` arrays are rounded to nearest, ties to even
 * @param metadata strings to stand beside them
 * @throws Error naming the tensor whose name, shape or values do not fit together
 */
export function writeSafetensors(
  tensors: Iterable<readonly [string, WeightArray]>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const arrays = new Map<string, WeightArray>();
  for (const [name, array] of tensors) {
    if (arrays.has(name)) throw fault(`writeSafetensors: expected unique names, got ${quote(name)} twice`);
    checkArray(name, array);
    arrays.set(name, array);
  }
  for (const [key, text] of Object.entries(metadata)) {
    if (typeof text !== 'string') throw fault(`writeSafetensors: expected metadata ${quote(key)} to be a string, got ${typeof text}`);
  }

  const offsets = new Map<string, number>();
  let dataBytes = 0;
  const widestFirst = [...arrays].sort(([, a], [, b]) => dtypes[b.dtype].bytes - dtypes[a.dtype].bytes);
  for (const [name, { dtype, data }] of widestFirst) {
    offsets.set(name, dataBytes);
    dataBytes += data.length * dtypes[dtype].bytes;
  }

  const header = encodeHeader(arrays, offsets, metadata);
  const file = new Uint8Array(8 + header.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  for (const [name, array] of arrays) file.set(encodeElements(array), 8 + header.length + (offsets.get(name) as number));
  return file;
}

function checkArray(name: string, { dtype, shape, data }: WeightArray): void {
  if (name === '__metadata__') throw fault('writeSafetensors: expected a tensor name, got the reserved "__metadata__"');
  if (!Object.hasOwn(dtypes, dtype)) throw fault(`writeSafetensors: tensor ${quote(name)}: unknown dtype ${quote(String(dtype))}`);
  if (!dtypes[dtype].accepts(data)) throw fault(`writeSafetensors: tensor ${quote(name)}: ${data.constructor.name} cannot be written as ${dtype}`);
  if (elementCount(shape) !== data.length) {
    throw fault(`writeSafetensors: tensor ${quote(name)}: expected ${elementCount(shape)} values for [${shape}], got ${data.length}`);
  }
}

/** JSON, padded with spaces to a multiple of 8 bytes. */
function encodeHeader(
  arrays: ReadonlyMap<string, WeightArray>,
  offsets: ReadonlyMap<string, number>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const fields: string[] = [];
  const add = (key: string, value: unknown): unknown => fields.push(`${JSON.stringify(key)}:${JSON.stringify(value)}`);
  if (Object.keys(metadata).length > 0) add('__metadata__', metadata);
  for (const [name, { dtype, shape, data }] of arrays) {
    const begin = offsets.get(name) as number;
    add(name, { dtype, shape, data_offsets: [begin, begin + data.length * dtypes[dtype].bytes] });
  }
  const json = new TextEncoder().encode(`{${fields.join(',')}}`);
  const padded = new Uint8Array(Math.ceil(json.length / 8) * 8).fill(0x20);
  padded.set(json);
  return padded;
}
