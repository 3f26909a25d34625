import { createHash } from 'node:crypto';

// One cached array as a file, little-endian:
//   8 bytes   magic
//   32 bytes  SHA-256 of everything behind it
//   4 bytes   k, length of the key; 4 bytes n, number of values
//   k bytes   the key in UTF-8, then zeros up to a multiple of 4
//   4n bytes  the values, float32

const magic = new TextEncoder().encode('BLEMFEA1');
const dataStart = 48;

/** The file's bytes of an array and the key it is kept under. */
export function encodeFeatureFile(key: string, values: Float32Array): Uint8Array {
  const name = new TextEncoder().encode(key);
  const valuesStart = dataStart + padded(name.length);
  const bytes = new Uint8Array(valuesStart + values.byteLength);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint32(40, name.length, true);
  view.setUint32(44, values.length, true);
  bytes.set(name, dataStart);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), valuesStart);
  bytes.set(digest(bytes), 8);
  return bytes;
}

/** The array that a file keeps under `key`; undefined where a single byte is not as it was written. */
export function decodeFeatureFile(bytes: Uint8Array, key: string): Float32Array | undefined {
  if (bytes.length < dataStart || !equal(bytes.subarray(0, 8), magic)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const keyLength = view.getUint32(40, true);
  const count = view.getUint32(44, true);
  const valuesStart = dataStart + padded(keyLength);
  if (bytes.length !== valuesStart + 4 * count || !equal(bytes.subarray(8, 40), digest(bytes))) return undefined;
  if (new TextDecoder().decode(bytes.subarray(dataStart, dataStart + keyLength)) !== key) return undefined;
  const values = new Float32Array(count);
  new Uint8Array(values.buffer).set(bytes.subarray(valuesStart));
  return values;
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

function digest(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes.subarray(40)).digest();
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
