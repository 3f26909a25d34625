import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { besideScans } from './beside-scans.js';
import { temporaryFolder, writeFiles } from './testing/files.js';

const folder = temporaryFolder();
const names = async (kind: 'image' | 'depth', leaveOut: readonly string[] = []): Promise<string[]> => (await besideScans(folder, kind, leaveOut)).map(({ name }) => name);

it('finds what lies outside the scans of a folder, masks not counted', async () => {
  writeFiles(folder, ['1.png', 'new/2.jpg', 'new/2.ply', 'cap/hole/rgb/1.png', 'cap/hole/xyz/1.tiff', 'cap/hole/gt/1.png', 'cap/hole/view.png', 'heat/1.png']);
  expect(await names('image')).toEqual(['1.png', 'cap/hole/view.png', 'heat/1.png', 'new/2.jpg']);
  expect(await names('image', [realpathSync(join(folder, 'heat'))])).toEqual(['1.png', 'cap/hole/view.png', 'new/2.jpg']);
  expect(await names('depth')).toContain('new/2.ply');
});

it('finds nothing where there are no scans: then everything is listed', async () => {
  expect(await besideScans(join(folder, 'new'), 'image')).toEqual([]);
});
