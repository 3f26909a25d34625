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

  it('takes rgb or xyz where both stand side by side, and no masks', async () => {
    for (const name of ['c/hole/rgb/1.png', 'c/hole/xyz/1.tiff', 'c/hole/gt/1.png', 'c/good/rgb/1.png', 'c/good/xyz/1.tiff', 'c/view.png']) {
      await mkdir(join(folder, name, '..'), { recursive: true });
      await writeFile(join(folder, name), 'x');
    }
    expect((await listImages([join(folder, 'c')])).map(({ id }) => id)).toEqual(['good/1.png', 'hole/1.png']);
    expect(await listImages([join(folder, 'c/hole')], 'depth')).toEqual([{ id: '1.tiff', path: join(folder, 'c/hole/xyz/1.tiff') }]);
    expect((await listImages([join(folder, 'c/hole/gt')])).map(({ id }) => id)).toEqual(['1.png']);
  });

  it('tells images and depth maps in one folder apart by their endings, where both are listed', async () => {
    for (const name of ['a/2.tiff', 'a/10.npy']) await writeFile(join(folder, name), 'x');
    const [a, same] = [join(folder, 'a'), `${join(folder, 'a')}/deep/..`];
    expect((await listImages([a], 'image', same)).map(({ id }) => id)).toEqual(['2.png', '10.png', 'deep/1.JPG']);
    expect((await listImages([a], 'depth', same)).map(({ id }) => id)).toEqual(['2.tiff', '10.npy']);
    expect((await listImages([a], 'image', join(a, 'deep'))).map(({ id }) => id)).toEqual(['2.png', '2.tiff', '10.png']);
  });

  it('lists depth maps by their endings', async () => {
    for (const name of ['a/1.npy', 'a/2.tiff']) await writeFile(join(folder, name), 'x');
    const files = await listImages([join(folder, 'a'), join(folder, 'scan.dat')], 'depth');
    expect(files.map(({ id }) => id)).toEqual(['1.npy', '2.png', '2.tiff', '10.png', 'scan.dat']);
    await expect(listImages([join(folder, 'a', 'deep')], 'depth')).rejects.toThrow('no clouds or height maps (looked for .tiff');
  });
});
