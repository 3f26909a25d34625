import { join } from 'node:path';
import { describeShared } from '@blemish-tools/jest';
import { listPlainFolder } from './list-plain-folder.js';
import { temporaryFolder, writeFiles } from './testing/files.js';

const folder = temporaryFolder();
const good = join(folder, 'good');
const defective = join(folder, 'bad');
const masks = join(folder, 'masks');

beforeAll(() => {
  writeFiles(good, Array.from({ length: 23 }, (_, i) => `day ${i % 2}/${i}.jpg`));
  writeFiles(defective, ['1.png', 'scratch/1.png', 'scratch/deep/2.png']);
  writeFiles(masks, ['1_mask.png', 'scratch/1.png']);
  writeFiles(folder, ['test-good/a.png', 'test-good/b.png', 'empty/readme.txt']);
});

describe('listPlainFolder', () => {
  it('takes a folder of good images alone', async () => {
    const list = await listPlainFolder({ good });
    expect(list).toMatchObject({ name: 'folder/good', dataset: 'folder', category: 'good', test: [], heldOut: [], notes: [] });
    expect(list.train).toHaveLength(23);
    expect(list.train[1]).toEqual({ path: join(good, 'day 0', '2.jpg'), id: 'train/good/day 0/2.jpg' });
  });

  it('lists defects by their first folder, with masks, and good images to test on', async () => {
    const list = await listPlainFolder({ good, testGood: join(folder, 'test-good'), defective, masks });
    expect(list.train).toHaveLength(23);
    expect(list.test.map(({ id, label, defect, maskPath }) => [id, label, defect, maskPath])).toEqual([
      ['test/good/a.png', 0, 'good', undefined],
      ['test/good/b.png', 0, 'good', undefined],
      ['test/defective/1.png', 1, 'defective', join(masks, '1_mask.png')],
      ['test/defective/scratch/1.png', 1, 'scratch', join(masks, 'scratch', '1.png')],
      ['test/defective/scratch/deep/2.png', 1, 'scratch', undefined],
    ]);
    expect(list.notes).toEqual(['1 of 3 defective images have no mask: they count for image metrics only']);
  });

  it('keeps a seeded fifth of the good images out of training where no good test images are given', async () => {
    const list = await listPlainFolder({ good, defective, seed: 5 });
    expect(list.heldOut).toHaveLength(4);
    expect(list.train).toHaveLength(19);
    expect(list.notes[0]).toBe('4 of 23 good images are kept out of training for the test (seed 5)');
    const tested = list.test.filter(({ label }) => label === 0);
    expect(tested.map(({ id }) => id)).toEqual(list.heldOut);
    const paths = new Set([...list.train, ...tested].map(({ path }) => path));
    expect(paths.size).toBe(23);
    expect(await listPlainFolder({ good, defective, seed: 5 })).toEqual(list);
    const others = await Promise.all([1, 2, 3].map((seed) => listPlainFolder({ good, defective, seed })));
    expect(others.some(({ heldOut }) => heldOut.join() !== list.heldOut.join())).toBe(true);
  });

  it('lists only what there is to test on', async () => {
    const list = await listPlainFolder({ testGood: join(folder, 'test-good'), defective });
    expect([list.train.length, list.test.length, list.category]).toEqual([0, 5, 'test-good']);
  });

  it('leaves masks that lie among the defective images out of them', async () => {
    const mixed = join(folder, 'mixed');
    writeFiles(mixed, ['1.png', 'masks/1_mask.png']);
    const { test } = await listPlainFolder({ defective: mixed, masks: join(mixed, 'masks') });
    expect(test).toHaveLength(1);
    expect(test[0]?.maskPath).toBe(join(mixed, 'masks', '1_mask.png'));
  });

  it('refuses folders that hold each other, no images, masks alone', async () => {
    await expect(listPlainFolder({ good: folder, defective })).rejects.toThrow(`${defective} (defective): lies in ${folder} (good), so its images would count as both`);
    await expect(listPlainFolder({ good, testGood: good })).rejects.toThrow('lies in');
    await expect(listPlainFolder({ good: join(folder, 'empty') })).rejects.toThrow(`${join(folder, 'empty')}: no images (looked for .png`);
    await expect(listPlainFolder({ good: join(folder, 'gone') })).rejects.toThrow('gone: no such folder');
    await expect(listPlainFolder({ good, masks })).rejects.toThrow('masks, but no folder of defective images');
    await expect(listPlainFolder({})).rejects.toThrow('at least one of good, testGood, defective');
    writeFiles(folder, ['orphans/7_mask.png']);
    await expect(listPlainFolder({ good, defective, masks: join(folder, 'orphans') })).rejects.toThrow(
      `${join(folder, 'orphans', '7_mask.png')}: a mask without its image, expected ${defective}/7.*`,
    );
  });
});

describe('listPlainFolder with depth', () => {
  const [rgb, xyz] = [join(folder, 'rgb'), join(folder, 'xyz')];
  const folders = { good: join(rgb, 'good'), goodDepth: join(xyz, 'good'), defective: join(rgb, 'bad'), defectiveDepth: join(xyz, 'bad'), masks };
  beforeAll(() => {
    for (const [i, kind] of ['good/', 'good/a/', 'bad/', 'bad/scratch/'].entries()) {
      const names = ['1', '2', '3', '4', '5'].slice(0, i < 2 ? 5 : 1);
      writeFiles(rgb, names.map((name) => `${kind}${name}.jpg`)); // prettier-ignore
      writeFiles(xyz, names.map((name) => `${kind}${name}.npy`)); // prettier-ignore
    }
  });

  it('pairs all of it, what is kept out of training too', async () => {
    const list = await listPlainFolder({ ...folders, seed: 5 });
    expect([list.train.length, list.heldOut.length, list.test.length]).toEqual([8, 2, 4]);
    for (const { path, depthPath } of [...list.train, ...list.test]) expect(depthPath).toBe(path.replace(rgb, xyz).replace('.jpg', '.npy'));
    expect(list.test.slice(2).map(({ id, maskPath }) => [id, maskPath])).toEqual([
      ['test/defective/1.jpg', join(masks, '1_mask.png')],
      ['test/defective/scratch/1.jpg', join(masks, 'scratch', '1.png')],
    ]);
    expect(list.heldOut).toEqual((await listPlainFolder({ good: folders.good, defective: folders.defective, seed: 5 })).heldOut);
  });

  it('lists depth maps alone', async () => {
    const list = await listPlainFolder({ goodDepth: folders.goodDepth, defectiveDepth: folders.defectiveDepth, masks, seed: 5 });
    expect([list.name, list.train.length, list.test.length]).toEqual(['folder/good', 8, 4]);
    expect([...list.train, ...list.test].every(({ path, depthPath }) => path === depthPath && path.startsWith(xyz))).toBe(true);
    expect(list.test.map(({ maskPath }) => maskPath !== undefined)).toEqual([false, false, true, true]);
  });

  it('lists one of the two where the modality says so, and notes it', async () => {
    const alone = await listPlainFolder({ good: folders.good });
    const images = await listPlainFolder({ good: folders.good, goodDepth: folders.goodDepth, modality: 'rgb' });
    expect(images).toEqual({ ...alone, notes: ['depth maps are not looked at: modality rgb'] });
    const depths = await listPlainFolder({ good: folders.good, goodDepth: folders.goodDepth, modality: 'depth' });
    expect(depths).toEqual({ ...(await listPlainFolder({ goodDepth: folders.goodDepth })), notes: ['images are not looked at: modality depth'] });
  });

  it('refuses a part without what the modality needs, and folders in each other', async () => {
    const { good, goodDepth, defective } = folders;
    await expect(listPlainFolder({ good, goodDepth, defective })).rejects.toThrow(`${defective}: images without a folder of depth maps, which rgb+depth needs`);
    await expect(listPlainFolder({ good, modality: 'depth' })).rejects.toThrow(`${good}: images without a folder of depth maps, which depth needs`);
    await expect(listPlainFolder({ goodDepth, modality: 'rgb' })).rejects.toThrow(`${goodDepth}: depth maps without a folder of images, which rgb needs`);
    await expect(listPlainFolder({ good, goodDepth, defective, defectiveDepth: join(good, 'a') })).rejects.toThrow(
      `${join(good, 'a')} (defectiveDepth): lies in ${good} (good), so its images would count as both`,
    );
    writeFiles(join(folder, 'fewer'), ['1.npy']);
    await expect(listPlainFolder({ good, goodDepth: join(folder, 'fewer') })).rejects.toThrow(
      `${join(good, '2.jpg')}: an image without its depth map, expected ${join(folder, 'fewer')}/2.* (and 8 more of these)`,
    );
  });
});

describeShared('listPlainFolder on the data here', 'data/natural_images', (path) => {
  it('lists a thousand photographs', async () => {
    expect((await listPlainFolder({ good: path })).train).toHaveLength(1000);
  });
});
