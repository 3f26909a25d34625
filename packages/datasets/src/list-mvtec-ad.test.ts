import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describeShared } from '@blemish-tools/jest';
import { listMvtecAd } from './list-mvtec-ad.js';
import { temporaryFolder, writeFiles } from './testing/files.js';
import { validateDataset } from './validate-dataset.js';

const folder = temporaryFolder();

function category(name: string, files: readonly string[]): string {
  writeFiles(join(folder, name), ['train/good/000.png', 'train/good/001.png', ...files]);
  return join(folder, name);
}

describe('listMvtecAd', () => {
  it('lists training and test images, good ones first, with defects and masks', async () => {
    category('nut', [
      'test/good/000.jpg', 'test/scratch/002.png', 'test/scratch/010.png', 'test/bent/1.PNG',
      'ground_truth/scratch/002_mask.png', 'ground_truth/scratch/010_mask.tif', 'ground_truth/bent/1.png',
    ]); // prettier-ignore
    const list = await listMvtecAd(folder, 'nut');
    expect(list).toMatchObject({ name: `${basename(folder)}/nut`, dataset: basename(folder), category: 'nut', heldOut: [], notes: [] });
    expect(list.train.map(({ id }) => id)).toEqual(['train/good/000.png', 'train/good/001.png']);
    expect(list.train[1]?.path).toBe(join(folder, 'nut', 'train', 'good', '001.png'));
    const truth = join(folder, 'nut', 'ground_truth');
    expect(list.test.map(({ id, label, defect, maskPath }) => [id, label, defect, maskPath])).toEqual([
      ['test/good/000.jpg', 0, 'good', undefined],
      ['test/bent/1.PNG', 1, 'bent', join(truth, 'bent', '1.png')],
      ['test/scratch/002.png', 1, 'scratch', join(truth, 'scratch', '002_mask.png')],
      ['test/scratch/010.png', 1, 'scratch', join(truth, 'scratch', '010_mask.tif')],
    ]);
  });

  it('takes a category that has nothing to test on, and notes defective images without masks', async () => {
    category('bolt', []);
    expect((await listMvtecAd(folder, 'bolt')).test).toEqual([]);
    category('gear', ['test/worn/1.png', 'test/worn/2.png', 'ground_truth/worn/2_mask.png']);
    const { notes, test } = await listMvtecAd(folder, 'gear');
    expect(notes).toEqual(['1 of 2 images of worn have no mask: they count for image metrics only']);
    expect(test[0]).not.toHaveProperty('maskPath');
  });

  it('says which categories there are when one is not', async () => {
    const root = join(folder, 'set');
    writeFiles(root, ['cap/train/good/1.png', 'lid/train/good/1.png', 'readme/1.png']);
    await expect(listMvtecAd(root, 'bottle')).rejects.toThrow(`${root}: no category "bottle"; there are cap, lid`);
    await expect(listMvtecAd(join(root, 'readme'), 'x')).rejects.toThrow('no category "x"; there is none (a category has train/good)');
    await expect(listMvtecAd(join(root, 'cap'), 'cap')).rejects.toThrow('it is a category itself, give the folder above it');
    await expect(listMvtecAd(join(root, 'gone'), 'cap')).rejects.toThrow(`${join(root, 'gone')}: no such folder`);
  });

  it('says where no images are and which endings it looked for', async () => {
    writeFiles(folder, ['empty/train/good/readme.txt']);
    await expect(listMvtecAd(folder, 'empty')).rejects.toThrow(
      `${join(folder, 'empty', 'train', 'good')}: no images (looked for .png .jpg .jpeg .tif .tiff .webp .bmp at any depth)`,
    );
  });

  it('names a mask without its image, and that image', async () => {
    const root = category('ring', ['test/cut/1.png', 'ground_truth/cut/1_mask.png', 'ground_truth/cut/2_mask.png', 'ground_truth/cut/3_mask.png']);
    await expect(listMvtecAd(folder, 'ring')).rejects.toThrow(
      `${join(root, 'ground_truth', 'cut', '2_mask.png')}: a mask without its image, expected ${join(root, 'test', 'cut')}/2.* (and 1 more such masks)`,
    );
    category('plug', ['ground_truth/cut/1_mask.png']);
    await expect(listMvtecAd(folder, 'plug')).rejects.toThrow('a mask without its image');
    category('pin', ['test/cut/1.png', 'ground_truth/cut/1_mask.png', 'ground_truth/cut/1.png']);
    await expect(listMvtecAd(folder, 'pin')).rejects.toThrow('a second mask beside');
  });

  it('refuses test images that differ in their ending only', async () => {
    category('cog', ['test/cut/1.png', 'test/cut/1.jpg']);
    await expect(listMvtecAd(folder, 'cog')).rejects.toThrow('differs from');
  });
});

describeShared('listMvtecAd on the data here', 'data', (root) => {
  it.each([
    ['mvtec_ad', 'bottle', 209, 20, { broken_large: 20, broken_small: 22, contamination: 21 }],
    ['magnetic_tile', 'tile', 480, 160, { blowhole: 115, break: 85, crack: 57, fray: 32, uneven: 103 }],
    ['battery_weld', 'weld', 37, 35, { defective: 93 }],
  ] as const)('lists %s/%s whole and finds nothing wrong', async (dataset, name, train, good, defects) => {
    const list = await listMvtecAd(join(root, dataset), name);
    expect(list.train).toHaveLength(train);
    expect(list.notes).toEqual([]);
    const counts: Record<string, number> = {};
    for (const { defect, label, maskPath } of list.test) {
      counts[defect] = (counts[defect] ?? 0) + 1;
      expect(label).toBe(defect === 'good' ? 0 : 1);
      expect(maskPath !== undefined && existsSync(maskPath)).toBe(label === 1);
    }
    expect(counts).toEqual({ good, ...defects });
    await validateDataset(list);
  });
});
