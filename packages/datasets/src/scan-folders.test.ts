import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { scanFolders } from './scan-folders.js';
import { temporaryFolder, writeFiles } from './testing/files.js';

const folder = temporaryFolder();

it('finds every folder with rgb and xyz side by side', async () => {
  writeFiles(folder, ['cap/test/hole/rgb/1.png', 'cap/test/hole/xyz/1.tiff', 'cap/test/hole/gt/1.png', 'cap/test/good/xyz/1.tiff', 'cap/test/good/rgb/1.png']);
  writeFiles(folder, ['cap/.old/rgb/1.png', 'cap/.old/xyz/1.tiff', 'cap/more/rgb/1.png', 'cap/test/hole/rgb/rgb/1.png', 'cap/test/hole/rgb/xyz/1.tiff']);
  symlinkSync(join(folder, 'cap'), join(folder, 'cap', 'more', 'again'));
  expect(await scanFolders(join(folder, 'cap'))).toEqual(['test/good', 'test/hole']);
  expect(await scanFolders(join(folder, 'cap/test/hole'))).toEqual(['']);
  expect(await scanFolders(join(folder, 'cap/more/rgb'))).toEqual([]);
});

it('names a folder that is not there', async () => {
  await expect(scanFolders(join(folder, 'none'))).rejects.toThrow(`${join(folder, 'none')}: no such folder`);
});
