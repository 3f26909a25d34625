import { join } from 'node:path';
import { describeShared } from '@blemish-tools/jest';
import { categoryLayout, listCategory } from './list-category.js';
import { listMvtecAd } from './list-mvtec-ad.js';
import { temporaryFolder, writeFiles } from './testing/files.js';
import { validateDataset } from './validate-dataset.js';

const folder = temporaryFolder();

beforeAll(() => {
  writeFiles(folder, ['flat/train/good/1.png', 'flat/test/cut/1.png', 'flat/ground_truth/cut/1_mask.png']);
  writeFiles(folder, ['deep/train/good/rgb/1.png', 'deep/train/good/xyz/1.tiff', 'deep/validation/good/rgb/1.png', 'deep/validation/good/xyz/1.tiff']);
  writeFiles(folder, ['clouds/train/good/xyz/1.tiff', 'pictures/train/good/rgb/1.png', 'nested/train/good/rgb/1.png', 'nested/ground_truth/cut/x.txt']);
});

describe('listCategory', () => {
  it('finds out which layout a category has', async () => {
    for (const name of ['deep', 'clouds', 'pictures']) expect(await categoryLayout(folder, name)).toBe('mvtec-3d-ad');
    for (const name of ['flat', 'nested', 'gone', '']) expect(await categoryLayout(folder, name)).toBe('mvtec-ad');
  });

  it('lists it so', async () => {
    expect(await listCategory(folder, 'flat')).toEqual(await listMvtecAd(folder, 'flat'));
    const deep = await listCategory(folder, 'deep', { modality: 'rgb+depth' });
    expect([deep.train[0]?.id, deep.validation?.[0]?.id]).toEqual(['train/good/1.png', 'validation/good/1.png']);
    expect((await listCategory(folder, 'nested')).train[0]?.id).toBe('train/good/rgb/1.png');
  });

  it('takes the pictures of MVTec AD’s layout as height maps, but not as both', async () => {
    const { train, test } = await listCategory(folder, 'flat', { modality: 'depth' });
    const path = join(folder, 'flat', 'train', 'good', '1.png');
    expect(train).toEqual([{ id: 'train/good/1.png', path, depthPath: path }]);
    expect(test).toMatchObject([{ id: 'test/cut/1.png', label: 1, maskPath: join(folder, 'flat', 'ground_truth', 'cut', '1_mask.png') }]);
    await expect(listCategory(folder, 'flat', { modality: 'rgb+depth' })).rejects.toThrow(
      `${join(folder, 'flat')}: one picture a part, as in MVTec AD; rgb+depth needs MVTec 3D-AD's train/good/rgb and train/good/xyz`,
    );
  });

  it('says which categories there are when one is not, of either layout', async () => {
    await expect(listCategory(folder, 'gone')).rejects.toThrow(`${folder}: no category "gone"; there are clouds, deep, flat, nested, pictures`);
    await expect(listCategory(folder, '')).rejects.toThrow('no category ""');
  });
});

describeShared('listCategory on height maps', 'data/battery_weld', (root) => {
  it('lists them alone, and they read as depth with a scale', async () => {
    const list = await listCategory(root, 'weld', { modality: 'depth' });
    expect([list.train.length, list.test.length]).toEqual([37, 128]);
    await validateDataset(list, { depth: { scale: 1e-4 } });
    await expect(validateDataset(list)).rejects.toThrow('--depth-scale');
  });
});
