import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findParts, requireParts } from './find-parts.js';
import { temporaryFolder, writeFiles } from './testing/files.js';

const folder = temporaryFolder();
const images = join(folder, 'rgb');
const depths = join(folder, 'xyz');
const names = (parts: readonly { readonly name: string }[]): string[] => parts.map(({ name }) => name);

beforeAll(() => {
  writeFiles(images, ['2.png', '10.png', 'a/1.jpg']);
  writeFiles(depths, ['2.tiff', '10.npy', 'a/1.PCD', 'notes.txt', 'preview.jpg']);
});

describe('findParts', () => {
  it('finds images, depth maps, or both', async () => {
    expect(await findParts({ images, depths }, 'rgb')).toEqual(await findParts({ images }, 'rgb'));
    expect(names(await findParts({ images }, 'rgb'))).toEqual(['2.png', '10.png', 'a/1.jpg']);
    const alone = await findParts({ depths }, 'depth');
    expect(names(alone)).toEqual(['2.tiff', '10.npy', 'a/1.PCD']);
    expect(alone.every(({ path, depthPath }) => path === depthPath)).toBe(true);
    const both = await findParts({ images, depths }, 'rgb+depth');
    expect(both.map(({ path, depthPath }) => [path, depthPath])).toEqual([
      [join(images, '2.png'), join(depths, '2.tiff')],
      [join(images, '10.png'), join(depths, '10.npy')],
      [join(images, 'a', '1.jpg'), join(depths, 'a', '1.PCD')],
    ]);
  });

  it('tells images and depth maps in one folder apart by their endings', async () => {
    const mixed = join(folder, 'mixed');
    writeFiles(mixed, ['1.png', '1.tiff', '2.jpg', '2.npy']);
    symlinkSync(mixed, join(folder, 'same'));
    for (const other of [mixed, join(folder, 'same')]) {
      const both = await findParts({ images: mixed, depths: other }, 'rgb+depth');
      expect(both.map(({ name, depthPath }) => [name, depthPath])).toEqual([['1.png', join(other, '1.tiff')], ['2.jpg', join(other, '2.npy')]]);
      expect(names(await findParts({ images: mixed, depths: other }, 'rgb'))).toEqual(['1.png', '2.jpg']);
      expect(names(await findParts({ images: mixed, depths: other }, 'depth'))).toEqual(['1.tiff', '2.npy']);
    }
  });

  it('takes the folder of one inside the other’s', async () => {
    const outer = join(folder, 'outer');
    writeFiles(outer, ['1.png', 'depth/1.png', 'masks/1.png']);
    const [part, ...rest] = await findParts({ images: outer, depths: join(outer, 'depth') }, 'rgb+depth', [join(outer, 'masks')]);
    expect(part).toMatchObject({ path: join(outer, '1.png'), depthPath: join(outer, 'depth', '1.png') });
    expect(rest).toEqual([]);
    const inner = join(folder, 'cloud');
    writeFiles(inner, ['1.png', 'pictures/1.png']);
    expect(await findParts({ images: join(inner, 'pictures'), depths: inner }, 'rgb+depth')).toHaveLength(1);
  });

  it('says which folder is missing or empty', async () => {
    await expect(findParts({ images }, 'depth')).rejects.toThrow(`${images}: images without a folder of depth maps, which depth needs`);
    await expect(findParts({ images }, 'rgb+depth')).rejects.toThrow('images without a folder of depth maps, which rgb+depth needs');
    await expect(findParts({ depths }, 'rgb')).rejects.toThrow(`${depths}: depth maps without a folder of images, which rgb needs`);
    await expect(findParts({ images, depths: join(folder, 'gone') }, 'rgb+depth')).rejects.toThrow(`${join(folder, 'gone')}: no such folder`);
    const empty = join(folder, 'empty');
    writeFiles(empty, ['readme.txt', '1.jpg']);
    await expect(requireParts({ depths: empty }, 'depth')).rejects.toThrow(`${empty}: no clouds or height maps (looked for .tiff .tif .png .npy .ply .pcd at any depth)`);
    await expect(requireParts({ images: join(depths, 'a') }, 'rgb')).rejects.toThrow(`${join(depths, 'a')}: no images (looked for .png .jpg`);
  });
});
