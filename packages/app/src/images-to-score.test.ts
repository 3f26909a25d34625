import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './errors.js';
import { partsToScore, spareImages } from './images-to-score.js';
import { recordedTerminal } from './testing/recorded-terminal.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();
beforeAll(() => {
  for (const name of ['new/a.png', 'new/b/c.png', 'new/predictions/a.png', 'new/predictions-2/a.png']) writeInto(folder, name);
});
const terminal = recordedTerminal();
const ids = async (paths: string[], out: string): Promise<string[]> => (await partsToScore({ images: paths.map((path) => join(folder, path)), depths: [] }, 'rgb', join(folder, out), terminal)).map(({ id }) => id);

describe('partsToScore', () => {
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

describe('partsToScore of models that look at depth', () => {
  beforeAll(() => {
    for (const name of ['scan/rgb/1.png', 'scan/rgb/2.png', 'scan/xyz/1.tiff', 'scan/xyz/2.ply', 'scan/odd/1.tiff', 'scan/odd/7.tiff']) writeInto(folder, name);
  });
  const at = (...names: string[]): string[] => names.map((name) => join(folder, name));
  const out = join(folder, 'out');

  it('pairs images with depth maps by name', async () => {
    expect(await partsToScore({ images: at('scan/rgb'), depths: at('scan/xyz') }, 'rgb+depth', out, terminal)).toEqual([
      { id: '1.png', path: join(folder, 'scan/rgb/1.png'), depthPath: join(folder, 'scan/xyz/1.tiff') },
      { id: '2.png', path: join(folder, 'scan/rgb/2.png'), depthPath: join(folder, 'scan/xyz/2.ply') },
    ]);
    await expect(partsToScore({ images: at('scan/rgb'), depths: at('scan/odd') }, 'rgb+depth', out, terminal)).rejects.toThrow(/rgb.2\.png: an image without its depth map, expected .*odd/);
  });

  it('takes depth maps in either place where depth stands alone', async () => {
    const [path] = at('scan/xyz/1.tiff') as [string];
    for (const named of [{ images: [path], depths: [] }, { images: [], depths: [path] }]) {
      expect(await partsToScore(named, 'depth', out, terminal)).toEqual([{ id: '1.tiff', path, depthPath: path }]);
    }
  });

  it('finds images and depth maps side by side, by what the model looks at', async () => {
    for (const name of ['cap/hole/rgb/1.png', 'cap/hole/xyz/1.tiff', 'cap/hole/gt/1.png', 'cap/good/rgb/2.png', 'cap/good/xyz/2.tiff']) writeInto(folder, name);
    const of = async (modality: 'rgb' | 'depth' | 'rgb+depth', depths: string[] = []): Promise<object[]> => partsToScore({ images: at('cap'), depths }, modality, out, terminal);
    const [image, depthPath] = at('cap/good/rgb/2.png', 'cap/good/xyz/2.tiff');
    expect((await of('rgb'))[0]).toEqual({ id: 'good/2.png', path: image });
    expect((await of('depth'))[0]).toEqual({ id: 'good/2.tiff', path: depthPath, depthPath });
    for (const depths of [[], at('cap')]) expect((await of('rgb+depth', depths))[0]).toEqual({ id: 'good/2.png', path: image, depthPath });
    expect(await of('rgb+depth')).toHaveLength(2);
    writeInto(folder, 'cap/hole/rgb/3.png');
    await expect(of('rgb+depth')).rejects.toThrow(`3.png: an image without its depth map, expected ${join(folder, 'cap')}/hole/xyz/3.*`);
  });

  it('notes how many files beside the scans of a folder are left out', async () => {
    for (const name of ['mix/good/rgb/1.png', 'mix/good/xyz/1.tiff', 'mix/good/gt/1.png', 'mix/new/2.png', 'mix/new/2.npy', 'mix/preview.jpg', 'mix/heat/1.png']) writeInto(folder, name);
    const noted = async (images: string[], modality: 'rgb' | 'depth' | 'rgb+depth', depths: string[] = []): Promise<string[]> => {
      const own = recordedTerminal();
      await partsToScore({ images: at(...images), depths: at(...depths) }, modality, join(folder, 'mix/heat'), own);
      return own.remarks();
    };
    const note = `note: ${join(folder, 'mix')}: holds rgb/ and xyz/ side by side;`;
    const ofImages = [`${note} images outside them are left out: 2 (new/2.png, ...); name them to score them, too`];
    expect(await noted(['mix'], 'rgb')).toEqual(ofImages);
    expect(await noted(['mix'], 'rgb+depth')).toEqual(ofImages);
    expect(await noted([], 'depth', ['mix'])).toEqual([`${note} depth maps outside them are left out: 2 (new/2.npy, ...); name them to score them, too`]);
    expect(await noted(['mix', 'mix/new'], 'rgb')).toEqual([`${note} images outside them are left out: 1 (preview.jpg); name them to score them, too`]);
    expect(await noted(['mix/good'], 'rgb')).toEqual([]);
  });

  it('says what is not named, and what is named in vain', async () => {
    const [images, depths] = [at('scan/rgb'), at('scan/xyz')];
    for (const [named, modality, message] of [
      [{ images: [], depths: [] }, 'depth', 'name clouds or height maps with --depth, got none'],
      [{ images: [], depths }, 'rgb+depth', 'predict: this model looks at images and depth; expected images, or folders of images beside --depth, got none'],
      [{ images: [], depths }, 'rgb', 'predict: this model looks at images alone; expected images, or folders of images beside --depth, got none'],
      [{ images, depths }, 'depth', 'predict: this model looks at depth alone; expected clouds or height maps with --depth alone, got images too'],
      [{ images, depths: [] }, 'rgb+depth', '--depth: this model looks at images and depth'],
      [{ images, depths }, 'rgb', '--depth: this model looks at images alone'],
    ] as const) {
      const failure = partsToScore(named, modality, out, terminal);
      await expect(failure).rejects.toThrow(UsageError);
      await expect(failure).rejects.toThrow(message);
    }
  });
});

describe('spareImages', () => {
  const files = [{ path: join(folder, 'new/a.png'), id: 'a.png' }];

  it('refuses to write over an image', async () => {
    const failure = spareImages(files, ['a.tiff', 'a.png'], join(folder, 'new'));
    await expect(failure).rejects.toThrow(UsageError);
    await expect(failure).rejects.toThrow(/^--out: .*a\.png would be replaced by its own result; take another folder than .*new$/);
  });

  it('refuses to write over a depth map', async () => {
    const pair = { path: join(folder, 'scan/rgb/1.png'), depthPath: join(folder, 'scan/xyz/1.tiff'), id: '1.png' };
    await expect(spareImages([pair], ['1.tiff', '1.png'], join(folder, 'scan/xyz'))).rejects.toThrow(/^--out: .*xyz.1\.tiff would be replaced by its own result/);
    await spareImages([pair], ['1.tiff', '1.png'], join(folder, 'scan/results'));
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
