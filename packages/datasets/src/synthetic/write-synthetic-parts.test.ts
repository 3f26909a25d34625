import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage, decodeMask } from '@blemish/images';
import { findImages } from '../find-images.js';
import { temporaryFolder, writeFiles } from '../testing/files.js';
import { drawScannedPart } from './scanned/draw-scanned-part.js';
import { writeSyntheticParts } from './write-synthetic-parts.js';

const folder = temporaryFolder();
const options = { seed: 4, parts: ['plate', 'bottle-cap'], train: 2, validation: 1, testGood: 1, testPerDefect: 1, defects: ['dent', 'stain'], size: 64 } as const;
const names = async (root: string): Promise<string[]> => (await findImages(root)).map(({ name }) => name);
const hashes = async (root: string): Promise<string[]> =>
  (await findImages(root)).map(({ path, name }) => `${name} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`);

describe('writeSyntheticParts', () => {
  it('writes the layout of MVTec 3D-AD, a category a part', async () => {
    const calls: string[] = [];
    await writeSyntheticParts(folder, { ...options, onProgress: (done, total) => calls.push(`${done}/${total}`) });
    expect(calls).toEqual(Array.from({ length: 12 }, (_, i) => `${i + 1}/12`));
    const category = [
      ...['dent', 'good', 'stain'].flatMap((kind) => [`test/${kind}/gt/000.png`, `test/${kind}/rgb/000.png`, `test/${kind}/xyz/000.tiff`]),
      'train/good/rgb/000.png',
      'train/good/rgb/001.png',
      'train/good/xyz/000.tiff',
      'train/good/xyz/001.tiff',
      'validation/good/rgb/000.png',
      'validation/good/xyz/000.tiff',
    ];
    expect(await names(folder)).toEqual(['bottle-cap', 'plate'].flatMap((part) => category.map((name) => `${part}/${name}`)));
  });

  it('writes what is drawn', async () => {
    const { image, mask, cloud } = drawScannedPart({ part: 'plate', seed: 4, stream: 5, index: 0, size: 64, defect: 'dent' });
    const at = (name: string): string => join(folder, 'plate', 'test', 'dent', name);
    expect([...(await decodeImage(at('rgb/000.png'))).data]).toEqual([...image.data]);
    expect([...(await decodeMask(at('gt/000.png'))).data].map((level) => Math.sign(level))).toEqual([...mask]);
    const tiff = readFileSync(at('xyz/000.tiff'));
    expect(tiff.includes(Buffer.from(cloud.data.buffer, cloud.data.byteOffset, 64 * 3 * 4))).toBe(true); // its first row, little-endian
    const good = await decodeMask(join(folder, 'plate', 'test', 'good', 'gt', '000.png'));
    expect(good.data.every((level) => level === 0)).toBe(true);
  });

  it('writes the same bytes again, and keeps them in a larger set', async () => {
    const before = await hashes(folder);
    await writeSyntheticParts(folder, options);
    expect(await hashes(folder)).toEqual(before);
    await writeSyntheticParts(folder, { ...options, train: 3, defects: ['stain', 'hole', 'dent'] });
    expect(await hashes(folder)).toEqual(expect.arrayContaining(before));
  });

  it('does not mix with a larger set, and replaces one where it may', async () => {
    const before = await hashes(folder);
    const path = join(folder, 'plate/test/hole/gt/000.png');
    await expect(writeSyntheticParts(folder, options)).rejects.toThrow(`${path}: of a larger set that was drawn there (and 4 more files); draw into another folder, or --force to replace it`);
    expect(await hashes(folder)).toEqual(before);
    writeFiles(folder, ['plate/test/hole/notes.txt', 'gear/train/good/rgb/000.png']);
    await writeSyntheticParts(folder, { ...options, replace: true });
    const left = (await names(folder)).filter((name) => !name.startsWith('gear/'));
    expect(left).toHaveLength(30);
    expect(left.filter((name) => name.includes('hole') || name.includes('002'))).toEqual([]);
    expect([existsSync(join(folder, 'plate/test/hole/notes.txt')), existsSync(join(folder, 'bottle-cap/test/hole'))]).toEqual([true, false]);
    expect(existsSync(join(folder, 'gear/train/good/rgb/000.png'))).toBe(true); // not asked for
  });

  it('does not mix with other images, and says which option is wrong', async () => {
    writeFiles(folder, ['other/gear/train/good/rgb/photo.png']);
    await expect(writeSyntheticParts(join(folder, 'other'), { seed: 1 })).rejects.toThrow('photo.png: an image that is not of the set to be drawn; draw into another folder');
    await expect(writeSyntheticParts(join(folder, 'other'), { seed: 1, replace: true })).rejects.toThrow('photo.png: an image that is not of the set');
    await expect(writeSyntheticParts(folder, { seed: 1, train: -1 })).rejects.toThrow('expected a whole number of train, got -1');
    await expect(writeSyntheticParts(folder, { seed: 1, parts: ['gear', 'gear'] })).rejects.toThrow("parts holds 'gear' twice");
  });

  it('stops where it is told to', async () => {
    const stop = new AbortController();
    const some = writeSyntheticParts(join(folder, 'stopped'), { ...options, signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(some).rejects.toThrow('enough');
    expect(await names(join(folder, 'stopped'))).toHaveLength(2);
  });
});
