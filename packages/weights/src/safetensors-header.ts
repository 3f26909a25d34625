import { dtypes, elementCount, isDtype } from './dtypes.js';
import { findDuplicateKey } from './find-duplicate-key.js';
import type { Dtype } from './weight-array.js';
import { fault, quote } from './weights-error.js';

/** Where one array stands in a safetensors file. */
export interface SafetensorsEntry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly count: number;
  /** First byte, from the start of the data section. */
  readonly begin: number;
  /** One past the last byte. */
  readonly end: number;
}

/** A safetensors header that has been checked against the file's length. */
export interface SafetensorsHeader {
  readonly entries: readonly SafetensorsEntry[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the data section begins in the file. */
  readonly dataStart: number;
}

/** Longest header the format allows. */
const maxHeaderBytes = 100_000_000;

/** Reads and checks the header: everything that the format promises holds for what this returns. */
export function parseSafetensorsHeader(bytes: Uint8Array): SafetensorsHeader {
  if (bytes.length < 8) throw fault(`expected a safetensors file, got ${bytes.length} bytes`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > maxHeaderBytes || length > bytes.length - 8) {
    throw fault(`expected a safetensors header that fits the file of ${bytes.length} bytes, got header length ${length}`);
  }
  const dataStart = 8 + length;
  const record = parseJson(bytes.subarray(8, dataStart));
  const entries: SafetensorsEntry[] = [];
  let metadata: Readonly<Record<string, string>> = {};
  for (const [name, value] of Object.entries(record)) {
    if (name === '__metadata__') metadata = checkMetadata(value);
    else entries.push(checkEntry(name, value));
  }
  checkLayout(entries, bytes.length - dataStart);
  return { entries, metadata, dataStart };
}

function parseJson(bytes: Uint8Array): Record<string, unknown> {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (cause) {
    throw fault('expected a safetensors header in JSON, got something else', cause);
  }
  if (!isRecord(value)) throw fault('expected the safetensors header to be a JSON object');
  const duplicate = findDuplicateKey(text);
  if (duplicate !== undefined) throw fault(`expected unique names in the safetensors header, got ${quote(duplicate)} twice`);
  return value;
}

function checkMetadata(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) throw fault('expected __metadata__ to be a JSON object of strings');
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw fault(`expected metadata ${quote(key)} to be a string, got ${typeof text}`);
  }
  return value as Record<string, string>;
}

function checkEntry(name: string, value: unknown): SafetensorsEntry {
  const at = `tensor ${quote(name)}`;
  if (!isRecord(value)) throw fault(`${at}: expected dtype, shape and data_offsets`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string') throw fault(`${at}: expected a dtype`);
  if (!isDtype(dtype)) throw fault(`${at}: expected one of ${Object.keys(dtypes).join(', ')}, got dtype ${quote(dtype)}`);
  if (!isNumbers(shape)) throw fault(`${at}: expected a shape of whole numbers`);
  const count = elementCount(shape);
  if (Number.isNaN(count)) throw fault(`${at}: expected a shape of whole numbers, got ${quote(String(shape))}`);
  if (!isNumbers(offsets) || offsets.length !== 2) throw fault(`${at}: expected two data_offsets`);
  const [begin, end] = offsets as readonly [number, number];
  if (!Number.isSafeInteger(begin) || !Number.isSafeInteger(end) || begin < 0 || end < begin) {
    throw fault(`${at}: expected rising data_offsets, got ${begin}, ${end}`);
  }
  if (end - begin !== count * dtypes[dtype].bytes) {
    throw fault(`${at}: expected ${count * dtypes[dtype].bytes} bytes for ${dtype} [${shape.slice(0, 16)}], got ${end - begin}`);
  }
  return { name, dtype, shape, count, begin, end };
}

/** The format wants the data section filled from first byte to last, no gap, no overlap. */
function checkLayout(entries: readonly SafetensorsEntry[], dataBytes: number): void {
  let filled = 0;
  for (const { name, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    const at = `tensor ${quote(name)}`;
    if (end > dataBytes) throw fault(`${at}: ends at byte ${end} of a data section of ${dataBytes}: the file is truncated or damaged`);
    if (begin !== filled) throw fault(`${at}: ${begin < filled ? 'overlaps another one' : 'leaves a gap before it'} at byte ${begin}`);
    filled = end;
  }
  if (filled !== dataBytes) throw fault(`expected ${filled} bytes of data, got ${dataBytes}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}
