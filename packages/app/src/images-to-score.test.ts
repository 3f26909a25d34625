import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './errors.js';
import { imagesToScore, spareImages } from './images-to-score.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();
beforeAll(() => {
  for (const name of ['new/a.png', 'new/b/c.png', 'new/predictions/a.png', 'new/predictions-2/a.png']) writeInto(folder, name);
});
const ids = async (paths: string[], out: string): Promise<string[]> => (await imagesToScore(paths.map((path) => join(folder, path)), join(folder, out))).map(({ id }) => id);

describe('imagesToScore', () => {
  it('leaves out earlier results below a folder that is listed, and nothing else', async () => {
    expect(await ids(['new'], 'new/predictions')).toEqual(['a.png', 'b/c.png', 'predictions-2/a.png']);
    expect(await ids(['new'], 'elsewhere')).toHaveLength(4);
  });

  it('scores the folder of the results where it is named itself', async () => {
    expect(await ids(['new/predictions'], 'new/predictions')).toEqual(['a.png']);
  });

  it('lists a file as it is named, in the order given', async () => {
    expect(await ids(['new/b/c.png', 'new/a.png'], 'out')).toEqual(['c.png', 'a.png']);
  });

  it('says so where nothing but earlier results is left', async () => {
    writeInto(folder, 'old/predictions/a.png');
    await expect(ids(['old'], 'old/predictions')).rejects.toThrow(/old: no images but earlier results in .*predictions$/);
  });
});

describe('spareImages', () => {
  const files = [{ path: join(folder, 'new/a.png'), id: 'a.png' }];

  it('refuses to write over an image', async () => {
    const failure = spareImages(files, ['a.tiff', 'a.png'], join(folder, 'new'));
    await expect(failure).rejects.toThrow(UsageError);
    await expect(failure).rejects.toThrow(/^--out: .*a\.png would be replaced by its own picture; take another folder than .*new$/);
  });

  it('sees through links', async () => {
    symlinkSync(join(folder, 'new'), join(folder, 'link'));
    await expect(spareImages(files, ['a.png'], join(folder, 'link'))).rejects.toThrow(UsageError);
  });

  it('lets pass what lies elsewhere', async () => {
    await spareImages(files, ['a.png', 'b/c.png'], join(folder, 'out'));
    await spareImages(files, ['a.tiff'], join(folder, 'new'));
  });
});
