import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentKey } from './content-key.js';
import { createSampleSource } from './sample-source.js';
import { depthTiff, grayPng, npy, temporaryFolder, writeFiles } from './testing/files.js';

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

describe('sample source with depth', () => {
  const parts = Array.from({ length: 12 }, (_, i) => ({ id: `train/good/${i}.png`, path: join(folder, `${i}.png`), depthPath: join(folder, `${i}.tiff`) }));
  const alone = parts.map(({ depthPath }, i) => ({ id: `train/good/${i}.tiff`, path: depthPath, depthPath }));
  const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 50));

  beforeAll(() => {
    for (const [i, { depthPath }] of parts.entries()) writeFileSync(depthPath, depthTiff(10 + i, 20, 0.25 + i));
  });

  it('loads images with their depth maps, which keep their own size', async () => {
    const source = createSampleSource(parts, { modality: 'rgb+depth', size: [4, 5] });
    for (const i of [7, 0, 7]) {
      const { id, image, depth, size } = await source.load(i);
      expect([id, image.shape, image.get(3, 4, 2), depth.shape, depth.get(9, 19), size]).toEqual([parts[i]?.id, [4, 5, 3], i, [10 + i, 20], 0.25 + i, [10 + i, 20]]);
      expect(await source.size(i)).toEqual([10 + i, 20]);
    }
    await source.close();
  });

  it('loads depth maps alone, from lists with images or without', async () => {
    for (const files of [parts, alone]) {
      const source = createSampleSource(files, { modality: 'depth', size: [4, 5] });
      const sample = await source.load(3);
      expect([sample.id, sample.depth.shape, sample.size, await source.size(3)]).toEqual([files[3]?.id, [13, 20], [13, 20], [13, 20]]);
      expect(sample).not.toHaveProperty('image');
      await source.close();
    }
    const rgb = await createSampleSource(parts).load(3);
    expect(rgb).not.toHaveProperty('depth');
    expect(rgb.image.shape).toEqual([13, 20, 3]);
  });

  it('reads numbers as unit and scale say, and what is missing as 0', async () => {
    const path = join(folder, 'holes.npy');
    writeFileSync(path, npy(Float32Array.of(500, NaN, Infinity, 0, -Infinity, 250), [2, 3]));
    const source = createSampleSource([{ id: 'holes', path, depthPath: path }], { modality: 'depth', depthUnit: 'mm' });
    const { depth } = await source.load(0);
    const values = [0, 1].flatMap((y) => [0, 1, 2].map((x) => depth.get(y, x)));
    expect(values).toEqual([Math.fround(0.5), 0, 0, 0, 0, Math.fround(0.25)]);
    const level = { id: 'level', path: join(folder, '7.png'), depthPath: join(folder, '7.png') };
    await expect(createSampleSource([level], { modality: 'depth' }).load(0)).rejects.toThrow(/7.png: .*--depth-scale/);
    const scaled = await createSampleSource([level], { modality: 'depth', depthUnit: 'mm', depthScale: 10 }).load(0);
    expect(scaled.depth.get(0, 0)).toBeCloseTo(0.07, 7);
  });

  it('gives the same parts whatever is decoded ahead, skipped, or asked for against the order', async () => {
    for (const modality of ['depth', 'rgb+depth'] as const) {
      const source = createSampleSource(parts, { modality, ahead: 3 });
      source.prefetch([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0]);
      for (const i of [11, 10, 8, 3, 5, 2, 1, 0, 0, 11]) expect((await source.load(i)).depth.get(0, 0)).toBe(0.25 + i);
      source.prefetch([1, 2, 3]);
      source.prefetch([4, 5]);
      for (const i of [4, 5, 1]) expect((await source.load(i)).depth.get(0, 0)).toBe(0.25 + i);
      const together = await Promise.all([...parts.keys()].map((i) => source.load(i)));
      expect(together.map(({ depth }) => depth.get(0, 0))).toEqual(parts.map((_, i) => 0.25 + i));
      await source.close();
    }
  });

  it('decodes depth maps ahead as it does images', async () => {
    const changing = alone.map(({ id }, i) => ({ id, path: join(folder, `changing-${i}.tiff`), depthPath: join(folder, `changing-${i}.tiff`) }));
    const put = (i: number, metres: number): void => writeFileSync(changing[i]?.path as string, depthTiff(2, 2, metres));
    for (const i of changing.keys()) put(i, 1 + i);
    const source = createSampleSource(changing, { modality: 'depth', ahead: 4 });
    const metres = async (i: number): Promise<number> => (await source.load(i)).depth.get(0, 0);
    source.prefetch([...changing.keys()]);
    await settled();
    put(0, 100);
    expect(await metres(0)).toBe(100); // was not read yet
    await settled();
    put(1, 101);
    put(2, 102);
    expect([await metres(1), await metres(2)]).toEqual([2, 102]); // 1 was decoded ahead, 2 was not
    await source.close();
  });

  it('keys images as ever, depth maps by unit and scale too, and both by both', async () => {
    const keys = async (options: Parameters<typeof createSampleSource>[1], part?: 'image' | 'depth'): Promise<string> =>
      createSampleSource(parts, options).contentKey(2, part);
    const image = await keys({});
    expect(image).toBe(await contentKey(parts[2]?.path as string));
    expect(await keys({ modality: 'rgb+depth' }, 'image')).toBe(image);
    const depth = await keys({ modality: 'depth' });
    expect(await keys({ modality: 'rgb+depth' }, 'depth')).toBe(depth);
    expect(await keys({ modality: 'depth', depthUnit: 'm', depthScale: 1 }, 'depth')).toBe(depth);
    const others = [image, depth, await keys({ modality: 'rgb+depth' }), await keys({ modality: 'rgb+depth', depthUnit: 'mm' })];
    others.push(await keys({ modality: 'depth', depthUnit: 'mm' }), await keys({ modality: 'depth', depthScale: 2 }));
    for (const key of others) expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(others).size).toBe(others.length);
    await expect(keys({}, 'depth')).rejects.toThrow('2.png: a key of its depth, which modality rgb does not look at');
    await expect(keys({ modality: 'depth' }, 'image')).rejects.toThrow('a key of its image, which modality depth does not look at');
  });

  it('names what is missing before anything is loaded, and sizes that differ when it is', async () => {
    const [first] = files;
    expect(() => createSampleSource([...parts, first as (typeof files)[number]], { modality: 'rgb+depth' })).toThrow(
      `${first?.path}: no depth map beside it, which rgb+depth needs`,
    );
    expect(() => createSampleSource(files, { modality: 'depth' })).toThrow('0.png: no depth map beside it, which depth needs');
    expect(() => createSampleSource(alone, { modality: 'rgb+depth' })).toThrow('0.tiff: a depth map without its image, which rgb+depth needs');
    expect(() => createSampleSource(alone)).toThrow('which rgb needs');
    const mixed = [{ ...parts[0], depthPath: parts[1]?.depthPath }] as typeof parts;
    await expect(createSampleSource(mixed, { modality: 'rgb+depth' }).load(0)).rejects.toThrow(`1.tiff: a depth map of 20x11 for ${parts[0]?.path} of 20x10 (width x height)`);
  });

  it('names a broken depth map when it is asked for, not before, and loads no more once closed', async () => {
    const bad = { id: 'bad', path: join(folder, '1.png'), depthPath: join(folder, 'broken.png') };
    const source = createSampleSource([...parts, bad], { modality: 'rgb+depth' });
    source.prefetch([0, 12, 1]);
    await source.load(0);
    await settled();
    await expect(source.load(12)).rejects.toThrow(bad.depthPath);
    expect((await source.load(1)).id).toBe('train/good/1.png');
    const depths = createSampleSource(alone, { modality: 'depth' });
    await depths.close();
    await expect(depths.load(0)).rejects.toThrow('0.tiff: the source of samples was closed');
  });
});
