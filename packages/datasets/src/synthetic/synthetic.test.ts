import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findImages } from '../find-images.js';
import { listMvtecAd } from '../list-mvtec-ad.js';
import { loadMask } from '../load-mask.js';
import { temporaryFolder, writeFiles } from '../testing/files.js';
import { validateDataset } from '../validate-dataset.js';
import { defectKinds } from './defects.js';
import { drawPart, drawParts } from './draw-parts.js';
import { writeSyntheticDataset } from './write-synthetic-dataset.js';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('drawn parts', () => {
  it('draw the same bits from the same seed on every machine', () => {
    const part = drawPart({ seed: 1, index: 2, size: 64, defect: 'stain' });
    expect(sha256(part.image.data)).toBe('3ade684ce9c6bb1bcd874f47fa2afcab68e5b233c03e2b66edfd741564024a1b');
    expect(sha256(part.mask)).toBe('7a44b7de2bcd2a292cfa72b2dd4631e1ef7526cc00e1e04314db5dffe9d5d28d');
  });

  it('differ by seed, stream and index, and not by what else is drawn', () => {
    const hash = (seed: number, stream: number, index: number): string => sha256(drawPart({ seed, stream, index, size: 48 }).image.data);
    const hashes = [hash(0, 0, 0), hash(1, 0, 0), hash(0, 1, 0), hash(0, 0, 1), hash(2 ** 32, 0, 0)];
    expect(new Set(hashes).size).toBe(5);
    const listed = [...drawParts({ seed: 0, count: 2, size: 48 })].map(({ image }) => sha256(image.data));
    expect(listed).toEqual([hash(0, 0, 0), hash(0, 0, 1)]);
  });

  it.each(defectKinds)('change masked pixels and no other by a %s', (defect) => {
    let masked = 0;
    let changed = 0;
    let outside = 0;
    for (let index = 0; index < 25; index++) {
      const good = drawPart({ seed: 3, index, size: 96 });
      const bad = drawPart({ seed: 3, index, size: 96, defect });
      expect(good.mask.includes(1)).toBe(false);
      const size = bad.mask.reduce((sum, value) => sum + value, 0);
      expect(size).toBeGreaterThan(8);
      expect(size).toBeLessThan(0.1 * 96 * 96);
      masked += size;
      const [before, after] = [good.image.data, bad.image.data];
      for (let pixel = 0, i = 0; pixel < 96 * 96; pixel++, i += 3) {
        const same = before[i] === after[i] && before[i + 1] === after[i + 1] && before[i + 2] === after[i + 2];
        if (!same && bad.mask[pixel] === 1) changed++;
        if (!same && bad.mask[pixel] === 0) outside++;
      }
    }
    expect(outside).toBe(0);
    expect(changed / masked).toBeGreaterThan(0.85);
  });

  it('look like parts: bright metal around a dark bore on a dark table', () => {
    const { image } = drawPart({ seed: 0, index: 0, size: 100 });
    const brightness = (y: number, x: number): number => image.get(y, x, 0) + image.get(y, x, 1) + image.get(y, x, 2);
    expect(brightness(50, 50)).toBeLessThan(150);
    expect(brightness(5, 5)).toBeLessThan(300);
    expect(brightness(32, 50)).toBeGreaterThan(330);
    expect(() => drawPart({ seed: 0, index: 0, size: 20 })).toThrow('expected a size of at least 32 whole pixels, got 20');
  });
});

describe('writeSyntheticDataset', () => {
  const folder = temporaryFolder();
  const options = { seed: 4, train: 3, testGood: 2, testDefective: 6, size: 40 };

  it('writes a category that lists, validates, and writes again with the same bytes', async () => {
    await writeSyntheticDataset(folder, options);
    const list = await listMvtecAd(folder, 'parts');
    await validateDataset(list, { pixels: true });
    expect(list.notes).toEqual([]);
    expect([list.train.length, list.test.length]).toEqual([3, 8]);
    expect(list.test.map(({ defect }) => defect)).toEqual(['good', 'good', 'chip', 'chip', 'missing_hole', 'missing_hole', 'scratch', 'stain']);
    const last = list.test[7];
    if (!last) throw new Error('no last image');
    expect([...(await loadMask(last))]).toEqual([...drawPart({ seed: 4, stream: 2, index: 3, size: 40, defect: 'stain' }).mask]);
    const bytes = async (): Promise<string[]> => (await findImages(folder)).map(({ path }) => sha256(readFileSync(path)));
    const before = await bytes();
    await writeSyntheticDataset(folder, options);
    expect(await bytes()).toEqual(before);
  });

  it('does not mix with other images', async () => {
    writeFiles(folder, ['other/parts/train/good/photo.png']);
    await expect(writeSyntheticDataset(join(folder, 'other'), options)).rejects.toThrow('photo.png: an image that is not of the set to be drawn');
    await expect(writeSyntheticDataset(folder, { ...options, train: 1 })).rejects.toThrow('draw into another folder');
  });
});
