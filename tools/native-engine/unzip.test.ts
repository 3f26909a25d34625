import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { extractZipEntry, listZip } from './unzip.mjs';

/** A zip archive of the smallest kind, written by the format's description, without checksums: ours are not zip's. */
function zip(files: Readonly<Record<string, string>>, method: 0 | 8): Buffer {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const raw = Buffer.from(text);
    const packed = method === 8 && raw.length > 0 ? deflateRawSync(raw) : raw;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(raw.length > 0 ? method : 0, 4);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(raw.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, rest, Buffer.from(name)]));
    entries.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...entries, central, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

describe('reading a zip archive', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'blemish-zip-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (bytes: Buffer): string => {
    const path = join(folder, 'archive.zip');
    writeFileSync(path, bytes);
    return path;
  };

  it.each([0, 8] as const)('lists and extracts what is in it (method %p)', async (method) => {
    const files = { 'a/b.txt': 'hello '.repeat(1000), empty: '' };
    const archive = write(zip(files, method));
    const entries = await listZip(archive);
    expect(entries.map(({ name }) => name)).toEqual(Object.keys(files));
    for (const entry of entries) {
      const path = await extractZipEntry(archive, entry, folder);
      expect(readFileSync(path, 'utf8')).toBe(files[entry.name as keyof typeof files]);
    }
  });

  it('names a file that is cut off', async () => {
    const bytes = zip({ a: 'text' }, 8);
    await expect(listZip(write(bytes.subarray(0, bytes.length - 30)))).rejects.toThrow('expected a zip archive, found no end record');
  });

  it('does not write out of the folder', async () => {
    const archive = write(zip({ '../evil': 'text' }, 8));
    const [entry] = await listZip(archive);
    await expect(extractZipEntry(archive, entry ?? { name: '', method: 0, compressedSize: 0, header: 0 }, folder)).rejects.toThrow('entry ../evil points out of the folder');
  });
});
