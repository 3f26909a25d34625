import { basename, join } from 'node:path';
import { loadMask } from './load-mask.js';
import { listMvtec3dAd } from './list-mvtec3d-ad.js';
import { depthTiff, grayPng, temporaryFolder, writeFiles } from './testing/files.js';
import { validateDataset } from './validate-dataset.js';

const folder = temporaryFolder();
const bagel = join(folder, 'bagel');

beforeAll(async () => {
  const parts = ['train/good/#/000', 'train/good/#/001', 'validation/good/#/000', 'test/good/#/000', 'test/hole/#/000', 'test/hole/#/001', 'test/combined/#/000'];
  writeFiles(bagel, parts.map((part) => `${part.replace('#', 'rgb')}.png`), await grayPng(6, 9)); // prettier-ignore
  writeFiles(bagel, parts.map((part) => `${part.replace('#', 'xyz')}.tiff`), depthTiff(6, 9)); // prettier-ignore
  writeFiles(bagel, ['test/hole/gt/000.png', 'test/hole/gt/001.png'], await grayPng(6, 9, 255));
  writeFiles(bagel, ['test/good/gt/000.png'], await grayPng(6, 9, 0));
  writeFiles(bagel, ['calibration/camera_parameters.json']);
});

describe('listMvtec3dAd', () => {
  it('lists images with their clouds and masks, good ones first, and the split for a threshold apart', async () => {
    const list = await listMvtec3dAd(folder, 'bagel', { modality: 'rgb+depth' });
    expect(list).toMatchObject({ name: `${basename(folder)}/bagel`, dataset: basename(folder), category: 'bagel', heldOut: [] });
    expect(list.train).toEqual(
      ['000', '001'].map((n) => ({
        id: `train/good/${n}.png`,
        path: join(bagel, 'train', 'good', 'rgb', `${n}.png`),
        depthPath: join(bagel, 'train', 'good', 'xyz', `${n}.tiff`),
      })),
    );
    expect(list.validation?.map(({ id }) => id)).toEqual(['validation/good/000.png']);
    const gt = (defect: string, n: string): string => join(bagel, 'test', defect, 'gt', `${n}.png`);
    expect(list.test.map(({ id, label, defect, maskPath, emptyMaskPath }) => [id, label, defect, maskPath, emptyMaskPath])).toEqual([
      ['test/good/000.png', 0, 'good', undefined, gt('good', '000')],
      ['test/combined/000.png', 1, 'combined', undefined, undefined],
      ['test/hole/000.png', 1, 'hole', gt('hole', '000'), undefined],
      ['test/hole/001.png', 1, 'hole', gt('hole', '001'), undefined],
    ]);
    expect(list.test[2]?.depthPath).toBe(join(bagel, 'test', 'hole', 'xyz', '000.tiff'));
    expect(list.notes).toEqual(['1 of 1 images of combined have no mask: they count for image metrics only']);
    await validateDataset(list);
    await validateDataset(list, { pixels: true });
  });

  it('lists images alone, or clouds alone, without a look at the other', async () => {
    writeFiles(folder, ['half/train/good/rgb/1.png', 'other/train/good/xyz/1.tiff', 'other/test/dent/xyz/7.tiff', 'other/test/dent/gt/7.png']);
    const rgb = await listMvtec3dAd(folder, 'half');
    expect(rgb).toMatchObject({ train: [{ id: 'train/good/1.png', path: join(folder, 'half', 'train', 'good', 'rgb', '1.png') }], validation: [], test: [] });
    expect(rgb.train[0]).not.toHaveProperty('depthPath');
    const { train, test } = await listMvtec3dAd(folder, 'other', { modality: 'depth' });
    const path = join(folder, 'other', 'train', 'good', 'xyz', '1.tiff');
    expect(train).toEqual([{ id: 'train/good/1.tiff', path, depthPath: path }]);
    expect(test).toMatchObject([{ id: 'test/dent/7.tiff', defect: 'dent', maskPath: join(folder, 'other', 'test', 'dent', 'gt', '7.png') }]);
    await expect(listMvtec3dAd(folder, 'half', { modality: 'rgb+depth' })).rejects.toThrow(`${join(folder, 'half', 'train', 'good', 'xyz')}: no such folder`);
  });

  it('gives the masks of gt, and the size of a good cloud where there is no image', async () => {
    const { test } = await listMvtec3dAd(folder, 'bagel', { modality: 'depth' });
    const masks = await Promise.all(test.filter(({ defect }) => defect !== 'combined').map((file) => loadMask(file)));
    expect(masks.map((mask) => [mask.length, mask[0]])).toEqual([[54, 0], [54, 1], [54, 1]]);
  });

  it('names an image without its cloud, a cloud without its image, a mask without either', async () => {
    const root = join(folder, 'bad');
    writeFiles(root, ['train/good/rgb/1.png', 'train/good/xyz/1.tiff', 'test/hole/rgb/4.png', 'test/hole/xyz/5.tiff', 'test/hole/gt/6.png']);
    const at = (...below: readonly string[]): string => join(root, 'test', 'hole', ...below);
    await expect(listMvtec3dAd(folder, 'bad', { modality: 'rgb+depth' })).rejects.toThrow(`${at('rgb', '4.png')}: an image without its depth map, expected ${at('xyz')}/4.*`);
    await expect(listMvtec3dAd(folder, 'bad')).rejects.toThrow(`${at('gt', '6.png')}: a mask without its image, expected ${at('rgb')}/6.*`);
    await expect(listMvtec3dAd(folder, 'bad', { modality: 'depth' })).rejects.toThrow(`expected ${at('xyz')}/6.*`);
    writeFiles(folder, ['more/train/good/rgb/1.png', 'more/train/good/xyz/1.tiff', 'more/train/good/xyz/2.tiff']);
    const good = join(folder, 'more', 'train', 'good');
    await expect(listMvtec3dAd(folder, 'more', { modality: 'rgb+depth' })).rejects.toThrow(`${join(good, 'xyz', '2.tiff')}: a depth map without its image, expected ${join(good, 'rgb')}/2.*`);
  });

  it('says which categories there are when one is not', async () => {
    await expect(listMvtec3dAd(folder, 'cookie')).rejects.toThrow(/no category "cookie"; there are .*bagel/);
  });
});
