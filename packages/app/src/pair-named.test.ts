import { join } from 'node:path';
import { listImages } from '@blemish/datasets';
import { UsageError } from './errors.js';
import { pairNamed } from './pair-named.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();
const mixed = ['mixed/1.png', 'mixed/1.tiff', 'mixed/a/2.jpg', 'mixed/a/2.npy', 'outer/1.png', 'outer/depth/1.png'];
const names = [...mixed, 'rgb/1.png', 'rgb/2.png', 'xyz/1.tiff', 'xyz/2.ply', 'other/rgb/1.png', 'other/xyz/1.tiff'];
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

it('tells images and depth maps in one folder apart by their endings, however it is named', async () => {
  const both = [['mixed/1.png', 'mixed/1.tiff'], ['mixed/a/2.jpg', 'mixed/a/2.npy']]; // prettier-ignore
  expect(await pairs(['mixed'], ['mixed'])).toEqual(both);
  expect((await pairNamed({ images: at('mixed'), depths: [`${folder}/./mixed/`] }, listImages)).map(({ id }) => id)).toEqual(['1.png', 'a/2.jpg']);
  expect(await pairs(['outer'], ['outer/depth'])).toEqual([['outer/1.png', 'outer/depth/1.png']]);
});

it('says where a partner is missing in scans, and in a folder that holds none', async () => {
  for (const name of ['cap/good/rgb/1.png', 'cap/good/xyz/1.tiff', 'cap/good/rgb/2.png', 'lone/1.png', 'lone/1.tiff', 'lone/2.png']) writeInto(folder, name);
  for (const again of [join(folder, 'cap'), `${folder}/./cap`]) {
    await expect(pairNamed({ images: at('cap'), depths: [again] }, listImages)).rejects.toThrow(`2.png: an image without its depth map, expected ${again}/good/xyz/2.*`);
  }
  await expect(pairs(['lone'], ['lone'])).rejects.toThrow(`2.png: an image without its depth map, expected ${join(folder, 'lone')}/2.*`);
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
