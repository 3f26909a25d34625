import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findFolders, findImages } from './find-images.js';
import { temporaryFolder, writeFiles } from './testing/files.js';

const folder = temporaryFolder();

describe('findImages', () => {
  it('walks nested folders in natural order, takes images by their ending in any case, and leaves hidden ones out', async () => {
    const root = join(folder, 'a');
    writeFiles(root, ['10.png', '2.PNG', 'sub/3.Jpeg', 'sub/deep/1.tif', 'x.webp', 'x.bmp', 'x.TIFF', 'x.jpg']);
    writeFiles(root, ['.hidden.png', '.git/1.png', 'notes.txt', 'png', 'x.png.bak', 'sub/Thumbs.db']);
    mkdirSync(join(root, 'folder.png'));
    const names = (await findImages(root)).map(({ name }) => name);
    expect(names).toEqual(['2.PNG', '10.png', 'sub/3.Jpeg', 'sub/deep/1.tif', 'x.TIFF', 'x.bmp', 'x.jpg', 'x.webp']);
    expect((await findImages(root))[2]?.path).toBe(join(root, 'sub', '3.Jpeg'));
    expect(await findFolders(root)).toEqual(['folder.png', 'sub']);
  });

  it('follows links, enters a folder once, and so ends where links go in circles', async () => {
    const root = join(folder, 'b');
    writeFiles(root, ['one/1.png', 'two/2.png']);
    symlinkSync(root, join(root, 'one', 'up'));
    symlinkSync(join(root, 'two'), join(root, 'one', 'two-again'));
    symlinkSync(join(root, 'nowhere.png'), join(root, 'two', 'dead.png'));
    expect((await findImages(root)).map(({ name }) => name)).toEqual(['one/1.png', 'one/two-again/2.png', 'one/two-again/dead.png']);
  });

  it('leaves out folders it is told to', async () => {
    const root = join(folder, 'c');
    writeFiles(root, ['1.png', 'masks/1.png']);
    expect(await findImages(root, [join(root, 'masks')])).toHaveLength(1);
  });

  it('says which folder is not there or is a file', async () => {
    writeFiles(folder, ['file.png']);
    await expect(findImages(join(folder, 'gone'))).rejects.toThrow(`${join(folder, 'gone')}: no such folder`);
    await expect(findImages(join(folder, 'file.png'))).rejects.toThrow('file.png: not a folder');
  });
});
