import { join } from 'node:path';
import { listImages } from '@blemish/datasets';
import { UsageError } from './errors.js';
import { pairNamed } from './pair-named.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();
const names = ['rgb/1.png', 'rgb/2.png', 'xyz/1.tiff', 'xyz/2.ply', 'other/rgb/1.png', 'other/xyz/1.tiff'];
beforeAll(() => names.forEach((name) => writeInto(folder, name)));
const at = (...paths: string[]): string[] => paths.map((path) => join(folder, path));
const pairs = async (images: string[], depths: string[]): Promise<(string | undefined)[][]> =>
  (await pairNamed({ images: at(...images), depths: at(...depths) }, listImages)).map(({ path, depthPath }) => [path, depthPath].map((one) => one?.slice(folder.length + 1)));

const own = [['rgb/1.png', 'xyz/1.tiff'], ['rgb/2.png', 'xyz/2.ply']]; // prettier-ignore
const others = ['other/rgb/1.png', 'other/xyz/1.tiff'];

it('pairs a folder with a folder, and several in their order', async () => {
  expect(await pairs(['rgb'], ['xyz'])).toEqual(own);
  expect(await pairs(['other/rgb', 'rgb'], ['other/xyz', 'xyz'])).toEqual([others, ...own]);
  await expect(pairs(['other/rgb', 'rgb'], ['xyz', 'other/xyz'])).rejects.toThrow(
    `${join(folder, 'xyz/2.ply')}: a depth map without its image, expected ${join(folder, 'other/rgb')}/2.*`,
  );
});

it('pairs files by their names, whatever their order', async () => {
  expect(await pairs(['rgb/1.png', 'rgb/2.png'], ['xyz/2.ply', 'xyz/1.tiff'])).toEqual(own);
  await expect(pairs(['rgb/1.png', 'rgb/2.png'], ['xyz/1.tiff'])).rejects.toThrow(
    `${join(folder, 'rgb/2.png')}: an image without its depth map, expected 2.* among the files of --depth`,
  );
});

it('pairs files of one name in their order, and says so where that is not clear', async () => {
  expect(await pairs(['rgb/1.png', 'other/rgb/1.png'], ['xyz/1.tiff', 'other/xyz/1.tiff'])).toEqual([own[0], others]);
  await expect(pairs(['rgb/1.png', 'other/rgb/1.png'], ['xyz/1.tiff'])).rejects.toThrow(
    `${join(folder, 'other/rgb/1.png')}: has the name of ${join(folder, 'rgb/1.png')}; images and depth maps are paired by their names`,
  );
});

it('pairs folders and files side by side', async () => {
  expect(await pairs(['other/rgb/1.png', 'rgb'], ['xyz', 'other/xyz/1.tiff'])).toEqual([...own, others]);
});

it.each([
  [['rgb'], ['xyz/1.tiff'], 'images are the folder rgb, depth maps the file xyz/1.tiff'],
  [['rgb/1.png'], ['xyz'], 'images are the file rgb/1.png, depth maps the folder xyz'],
  [['rgb', 'other/rgb'], ['xyz'], 'images are 2 folders (rgb, ...), depth maps the folder xyz'],
  [['rgb'], ['xyz', 'other/xyz/1.tiff'], 'images are the folder rgb, depth maps the folder xyz and the file other/xyz/1.tiff'],
])('refuses %j with %j, naming both', async (images, depths, message) => {
  const failure = pairs(images, depths);
  await expect(failure).rejects.toThrow(UsageError);
  const text = await failure.catch((error: Error) => error.message.replaceAll(`${folder}/`, ''));
  expect(text).toBe(`--depth: expected a folder for a folder and files for files; ${message}`);
});
