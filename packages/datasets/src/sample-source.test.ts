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
