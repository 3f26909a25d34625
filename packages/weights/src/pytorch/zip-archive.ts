import { inflateSync } from 'fflate';
import { fault, quote } from '../weights-error.js';
import type { Budget } from './budget.js';
import { createByteReader } from './byte-reader.js';
import { crc32 } from './crc32.js';

/** A zip archive whose directory has been read. */
export interface ZipArchive {
  /** Names of the entries, in the directory's order. */
  readonly names: readonly string[];
  /** The bytes of an entry: a view of the archive where it is stored as it is. Checks its CRC-32. */
  readonly read: (name: string) => Uint8Array;
}

interface ZipEntry {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly header: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;

/**
 * Opens a zip archive of less than 4 GiB.
 *
 * @param bytes the whole archive
 * @param budget what unpacking compressed entries may take
 */
export function openZip(bytes: Uint8Array, budget: Budget): ZipArchive {
  const entries = readDirectory(bytes);
  return {
    names: [...entries.keys()],
    read: (name) => {
      const entry = entries.get(name);
      if (!entry) throw fault(`expected an entry ${quote(name)} in the archive, there is none`);
      const data = unpack(packedBytes(bytes, name, entry), name, entry, budget);
      // torch.serialization.set_crc32_options(False) writes 0 everywhere.
      if (entry.crc !== 0 && crc32(data) !== entry.crc) throw fault(`entry ${quote(name)} is damaged: its CRC-32 differs`);
      return data;
    },
  };
}

function readDirectory(bytes: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const end = createByteReader(bytes, findEnd(bytes) + 10);
  const count = end.u16();
  const size = end.u32();
  const start = end.u32();
  if (count === 0xffff || size === 0xffffffff || start === 0xffffffff) {
    throw fault('expected a zip archive of less than 4 GiB and 65535 entries');
  }
  const entries = new Map<string, ZipEntry>();
  const reader = createByteReader(bytes.subarray(0, start + size), start);
  for (let i = 0; i < count; i++) {
    if (reader.u32() !== entrySignature) throw fault(`damaged zip archive: no entry at byte ${reader.position() - 4} of its directory`);
    reader.bytes(4); // versions
    const [flags, method] = [reader.u16(), reader.u16()];
    reader.bytes(4); // time
    const [crc, packed, full] = [reader.u32(), reader.u32(), reader.u32()];
    const [nameLength, extraLength, commentLength] = [reader.u16(), reader.u16(), reader.u16()];
    reader.bytes(8); // disk, attributes
    const header = reader.u32();
    const name = reader.text(nameLength);
    reader.bytes(extraLength + commentLength);
    if (entries.has(name)) throw fault(`damaged zip archive: it has two entries ${quote(name)}`);
    entries.set(name, { flags, method, crc, packed, size: full, header });
  }
  return entries;
}

/** The end record is the archive's last 22 bytes, unless a comment follows it. */
function findEnd(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const earliest = Math.max(0, bytes.length - 22 - 0xffff);
  for (let at = bytes.length - 22; at >= earliest; at--) {
    if (view.getUint32(at, true) === endSignature && at + 22 + view.getUint16(at + 20, true) === bytes.length) return at;
  }
  throw fault('expected a zip archive, but its directory is missing: the file is truncated or damaged');
}

function packedBytes(bytes: Uint8Array, name: string, { header, packed }: ZipEntry): Uint8Array {
  const reader = createByteReader(bytes, header);
  if (header > bytes.length || reader.u32() !== localSignature) {
    throw fault(`damaged zip archive: entry ${quote(name)} is not where the directory says`);
  }
  reader.bytes(22);
  const [nameLength, extraLength] = [reader.u16(), reader.u16()];
  if (reader.text(nameLength) !== name) throw fault(`damaged zip archive: entry ${quote(name)} has another name in its own header`);
  reader.bytes(extraLength);
  return reader.bytes(packed);
}

function unpack(packed: Uint8Array, name: string, { flags, method, size }: ZipEntry, budget: Budget): Uint8Array {
  if (flags & 1) throw fault(`entry ${quote(name)} is encrypted`);
  if (method === 0 && packed.length === size) return packed;
  if (method !== 8) {
    throw fault(`damaged zip archive: entry ${quote(name)} has method ${method}, ${packed.length} bytes for ${size}`);
  }
  budget.spend(size);
  let data: Uint8Array;
  try {
    // One byte more than promised, to see an entry that holds more.
    data = inflateSync(packed, { out: new Uint8Array(size + 1) });
  } catch (cause) {
    throw fault(`entry ${quote(name)} is damaged: it does not inflate`, cause);
  }
  if (data.length !== size) throw fault(`entry ${quote(name)} is damaged: expected ${size} bytes, got ${data.length}`);
  return data;
}
