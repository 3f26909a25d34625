import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentKey } from './content-key.js';
import { createSampleSource } from './sample-source.js';
import { grayPng, temporaryFolder, writeFiles } from './testing/files.js';

const folder = temporaryFolder();
const files = Array.from({ length: 12 }, (_, i) => ({ id: `train/good/${i}.png`, path: join(folder, `${i}.png`) }));
const broken = { id: 'train/good/broken.png', path: join(folder, 'broken.png') };

beforeAll(async () => {
  for (const [i, { path }] of files.entries()) writeFileSync(path, await grayPng(10 + i, 20, i));
  writeFiles(folder, ['broken.png'], 'no picture');
});

describe('sample source', () => {
  it('loads any image in any order, with the size it had', async () => {
    const { length, id, load, size, close } = createSampleSource(files, { size: [4, 5] });
    expect([length, id(3)]).toEqual([12, 'train/good/3.png']);
    for (const i of [7, 0, 7]) {
      const sample = await load(i);
      expect([sample.id, sample.image.shape, sample.image.get(3, 4, 2), sample.size]).toEqual([id(i), [4, 5, 3], i, [10 + i, 20]]);
      expect(await size(i)).toEqual([10 + i, 20]);
    }
    await close();
  });

  it('gives the same images whatever is decoded ahead, skipped, or asked for against the order', async () => {
    const source = createSampleSource(files, { ahead: 3 });
    source.prefetch([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0]);
    for (const i of [11, 10, 8, 3, 5, 2, 1, 0, 0, 11]) expect((await source.load(i)).image.get(0, 0, 0)).toBe(i);
    source.prefetch([1, 2, 3]);
    source.prefetch([4, 5]);
    for (const i of [4, 5, 1]) expect((await source.load(i)).image.get(0, 0, 0)).toBe(i);
    await source.close();
  });

  it('decodes nothing before the first image is asked for, then one ahead, and more where the order is kept to', async () => {
    const changing = files.map(({ id }, i) => ({ id, path: join(folder, `changing-${i}.png`) }));
    const put = async (i: number, level: number): Promise<void> => writeFileSync(changing[i]?.path as string, await grayPng(4, 4, level));
    for (const i of changing.keys()) await put(i, i);
    const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 50));
    const source = createSampleSource(changing, { ahead: 4 });
    const level = async (i: number): Promise<number | undefined> => (await source.load(i)).image.data[0];
    source.prefetch([...changing.keys()]);
    await settled();
    await put(0, 100);
    expect(await level(0)).toBe(100); // was not read yet
    await settled();
    await put(1, 101);
    await put(2, 102);
    expect([await level(1), await level(2)]).toEqual([1, 102]); // 1 was decoded ahead, 2 was not
    await settled();
    for (const i of [3, 6, 7]) await put(i, 100 + i);
    expect([await level(3), await level(6), await level(7)]).toEqual([3, 6, 107]); // four ahead of 2: 3 to 6
    await source.close();
  });

  it('names a broken file when it is asked for, not before', async () => {
    const source = createSampleSource([...files, broken]);
    source.prefetch([0, 12, 1]);
    await source.load(0);
    await new Promise((done) => setTimeout(done, 50));
    await expect(source.load(12)).rejects.toThrow(`${broken.path}: not an image (starts with "no picture")`);
    expect((await source.load(1)).id).toBe('train/good/1.png');
    expect(() => source.id(13)).toThrow('sample source: expected an index from 0 to 12, got 13');
    expect(() => source.prefetch([0, -1])).toThrow('got -1');
    await expect(source.load(99)).rejects.toThrow('got 99');
  });

  it('keys images by content', async () => {
    const source = createSampleSource(files);
    const want = createHash('sha256').update(readFileSync(files[2]?.path as string)).digest('hex');
    expect(await source.contentKey(2)).toBe(want);
    expect(await contentKey(files[2]?.path as string)).toBe(want);
    expect(await source.contentKey(3)).not.toBe(want);
    await expect(contentKey(join(folder, 'gone.png'))).rejects.toThrow('gone.png: cannot be read (ENOENT)');
  });
});
