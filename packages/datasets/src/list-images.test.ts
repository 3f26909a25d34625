import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listImages } from './list-images.js';

describe('listImages', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'blemish-list-'));
    await mkdir(join(folder, 'a', 'deep'), { recursive: true });
    await mkdir(join(folder, 'empty'));
    for (const name of ['a/2.png', 'a/10.png', 'a/deep/1.JPG', 'a/notes.txt', 'scan.dat']) await writeFile(join(folder, name), 'x');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('takes files as named and walks folders', async () => {
    const files = await listImages([join(folder, 'scan.dat'), join(folder, 'a')]);
    expect(files.map(({ id }) => id)).toEqual(['scan.dat', '2.png', '10.png', 'deep/1.JPG']);
  });

  it('names a folder without images', async () => {
    await expect(listImages([join(folder, 'empty')])).rejects.toThrow(`${join(folder, 'empty')}: no images`);
  });
});
