import { createReadStream, createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

/**
 * @typedef {object} ZipEntry
 * @property {string} name
 * @property {number} method 0 stored, 8 deflated
 * @property {number} compressedSize
 * @property {number} header where its local header begins
 */

// The format is PKWARE's APPNOTE.TXT: entries, then a central directory, then its end record with a comment of at most
// 65535 bytes. Archives over 4 GB (zip64) are refused.

/**
 * The central directory of a zip archive.
 *
 * @param {string} archive
 * @returns {Promise<ZipEntry[]>}
 */
export async function listZip(archive) {
  const file = await open(archive);
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, 22 + 65535));
    await file.read(tail, 0, tail.length, size - tail.length);
    const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    if (end < 0) throw new Error(`${archive}: expected a zip archive, found no end record (a cut-off download?)`);
    const directory = Buffer.alloc(tail.readUInt32LE(end + 12));
    const start = tail.readUInt32LE(end + 16);
    if (start === 0xffffffff) throw new Error(`${archive}: zip64 archives are not read here`);
    await file.read(directory, 0, directory.length, start);

    /** @type {ZipEntry[]} */
    const entries = [];
    for (let at = 0; at < directory.length; ) {
      if (directory.readUInt32LE(at) !== 0x02014b50) throw new Error(`${archive}: its directory is damaged at byte ${start + at}`);
      const nameLength = directory.readUInt16LE(at + 28);
      entries.push({
        name: directory.toString('utf8', at + 46, at + 46 + nameLength),
        method: directory.readUInt16LE(at + 10),
        compressedSize: directory.readUInt32LE(at + 20),
        header: directory.readUInt32LE(at + 42),
      });
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
    return entries;
  } finally {
    await file.close();
  }
}

/**
 * Writes one entry of an archive below a folder, at its own path, and gives that path.
 *
 * @param {string} archive
 * @param {ZipEntry} entry
 * @param {string} folder
 */
export async function extractZipEntry(archive, entry, folder) {
  if (entry.name.split('/').includes('..')) throw new Error(`${archive}: entry ${entry.name} points out of the folder`);
  const file = await open(archive);
  const header = Buffer.alloc(30);
  await file.read(header, 0, 30, entry.header);
  await file.close();
  const start = entry.header + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const path = join(folder, entry.name);
  mkdirSync(dirname(path), { recursive: true });
  if (entry.compressedSize === 0) {
    writeFileSync(path, '');
    return path;
  }
  const bytes = createReadStream(archive, { start, end: start + entry.compressedSize - 1, highWaterMark: 1 << 20 });
  if (entry.method === 0) await pipeline(bytes, createWriteStream(path));
  else if (entry.method === 8) await pipeline(bytes, createInflateRaw({ chunkSize: 1 << 20 }), createWriteStream(path));
  else throw new Error(`${archive}: entry ${entry.name} is compressed by method ${entry.method}, not read here`);
  return path;
}
