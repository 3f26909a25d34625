import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { depthEndings } from './find-images.js';
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

  it('lists depth maps by their endings', async () => {
    for (const name of ['a/1.npy', 'a/2.tiff']) await writeFile(join(folder, name), 'x');
    const files = await listImages([join(folder, 'a'), join(folder, 'scan.dat')], depthEndings);
    expect(files.map(({ id }) => id)).toEqual(['1.npy', '2.png', '2.tiff', '10.png', 'scan.dat']);
    await expect(listImages([join(folder, 'a', 'deep')], depthEndings)).rejects.toThrow('no clouds or height maps (looked for .tiff');
  });
});
