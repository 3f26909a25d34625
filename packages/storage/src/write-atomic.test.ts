import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIfExists } from './read-if-exists.js';
import { createSmallDisk, playFullDisk } from './testing/small-disk.js';
import { createChildren, killAfterOutput, type Children } from './testing/spawn-child.js';
import { removeTemporaryFolders, temporaryFolder } from './testing/temporary-folder.js';
import { sweepTemporaryFiles } from './temporary-name.js';
import { writeAtomic } from './write-atomic.js';

afterAll(removeTemporaryFolders);

describe('writeAtomic', () => {
  it('writes bytes and text, making folders, replacing what was there, leaving nothing else', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a', 'b', 'file');
    await writeAtomic(path, Uint8Array.of(1, 2, 3));
    expect(await readIfExists(path)).toEqual(Uint8Array.of(1, 2, 3));
    await writeAtomic(path, 'grün\n', { durable: false });
    expect(readFileSync(path, 'utf8')).toBe('grün\n');
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['file']);
  });

  it('keeps two writers of one file apart', async () => {
    const path = join(temporaryFolder(), 'file');
    await Promise.all(Array.from({ length: 20 }, (_, i) => writeAtomic(path, new Uint8Array(5000).fill(i))));
    const bytes = readFileSync(path);
    expect(bytes.equals(Buffer.alloc(5000, bytes[0]))).toBe(true);
  });

  it('on a full disk names the file in one line, keeps the old one and removes the temporary one', async () => {
    const disk = createSmallDisk();
    try {
      const path = join(disk.folder, 'model.safetensors');
      writeFileSync(path, 'old');
      const write = writeAtomic(path, new Uint8Array(200_000), { write: disk.write });
      await expect(write).rejects.toThrow(`${path}: cannot write its 200000 bytes: the disk is full`);
      await expect(write).rejects.toHaveProperty('cause.code', 'ENOSPC');
      expect(readFileSync(path, 'utf8')).toBe('old');
      expect(readdirSync(disk.folder)).toEqual(['model.safetensors']);
    } finally {
      disk.remove();
    }
  });

  it('plays a full disk as the real one behaves', async () => {
    const folder = temporaryFolder();
    await expect(writeAtomic(join(folder, 'x'), new Uint8Array(70_000), { write: playFullDisk })).rejects.toThrow(/: the disk is full$/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says what else is wrong: a file in the place of a folder, a folder in the place of the file', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'folder', 'full'), { recursive: true });
    await expect(writeAtomic(join(folder, 'file', 'x'), 'x')).rejects.toThrow(/x: cannot write its 1 bytes: .*(file, not a folder|exist)/);
    await expect(writeAtomic(join(folder, 'folder'), 'x')).rejects.toThrow(/it is a folder/);
    expect(readdirSync(folder).sort()).toEqual(['file', 'folder']);
  });
});

describe('readIfExists', () => {
  it('gives undefined for what is not there, and an error for what cannot be read', async () => {
    const folder = temporaryFolder();
    expect(await readIfExists(join(folder, 'none'))).toBeUndefined();
    expect(await readIfExists(join(folder, 'none', 'deeper'))).toBeUndefined();
    await expect(readIfExists(folder)).rejects.toThrow(`${folder}: cannot read it: it is a folder`);
    chmodSync(folder, 0o755);
  });
});

describe('a writer that is killed', () => {
  let children: Children;
  beforeAll(() => {
    children = createChildren();
  });
  afterAll(() => children.remove());

  it('leaves the old file or the new one, and a temporary file that is swept', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'file');
    for (let round = 0; round < 4; round++) {
      const child = children.start(`
        for (let i = 0; ; i = (i + 1) % 256) {
          await storage.writeAtomic(${JSON.stringify(path)}, new Uint8Array(2 ** 22).fill(i));
          if (i === 1) console.log('going');
        }`);
      await killAfterOutput(child, 7 * round);
      const bytes = readFileSync(path);
      expect(bytes.length).toBe(2 ** 22);
      expect(bytes.equals(Buffer.alloc(2 ** 22, bytes[0]))).toBe(true);
      await sweepTemporaryFiles(folder);
      expect(readdirSync(folder)).toEqual(['file']);
    }
  });

  it('is told from one that lives: its temporary files stay', async () => {
    const folder = temporaryFolder();
    await writeAtomic(join(folder, 'file'), 'x', {
      write: async (file, bytes) => {
        await sweepTemporaryFiles(folder);
        expect(readdirSync(folder)).toHaveLength(1);
        await file.writeFile(bytes);
      },
    });
    expect(existsSync(join(folder, 'file'))).toBe(true);
  });
});
