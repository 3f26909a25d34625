import fc from 'fast-check';
import type { FoundFile } from './find-images.js';
import { inFolders, inScans, pairDepth } from './pair-depth.js';

const files = (folder: string, ...names: readonly string[]): FoundFile[] => names.map((name) => ({ name, path: `${folder}/${name}` }));

const at = inFolders('rgb', 'xyz');

describe('pairDepth', () => {
  it('pairs by the relative name without its ending, in the images’ order', () => {
    const paired = pairDepth(files('rgb', '2.png', '10.jpg', 'a/2.PNG'), files('xyz', 'a/2.tiff', '10.npy', '2.ply'), at);
    expect(paired.map(({ path, name, depthPath }) => [path, name, depthPath])).toEqual([
      ['rgb/2.png', '2.png', 'xyz/2.ply'],
      ['rgb/10.jpg', '10.jpg', 'xyz/10.npy'],
      ['rgb/a/2.PNG', 'a/2.PNG', 'xyz/a/2.tiff'],
    ]);
  });

  it('names the file that stands alone and where its partner was expected', () => {
    const pair = (images: readonly string[], depths: readonly string[]) => () => pairDepth(files('rgb', ...images), files('xyz', ...depths), at);
    expect(pair(['1.png', 'a/2.png', '3.png'], ['1.tiff'])).toThrow(/^rgb\/a\/2.png: an image without its depth map, expected xyz\/a\/2\.\* \(and 1 more of these\)$/);
    expect(pair(['1.png'], ['1.tiff', '01.tiff'])).toThrow(/^xyz\/01.tiff: a depth map without its image, expected rgb\/01\.\*$/);
    expect(pair(['1.png'], ['1.tiff', '1.npy'])).toThrow('xyz/1.npy: differs from xyz/1.tiff in its ending only');
    expect(pair(['1.png', '1.jpg'], ['1.tiff'])).toThrow('rgb/1.jpg: differs from rgb/1.png in its ending only');
    const twoFolders = [...files('a', '1.png'), ...files('b', '1.png')];
    expect(() => pairDepth(twoFolders, [], at)).toThrow('b/1.png: has the name of a/1.png; images and depth maps are paired by their names without endings');
    expect(() => pairDepth(files('a', '1.png', '1.png'), [], at)).toThrow('a/1.png: is named twice');
  });

  it('expects partners of scans in rgb and xyz side by side', () => {
    const pair = (images: readonly string[], depths: readonly string[]) => () => pairDepth(files('cap', ...images), files('cap', ...depths), inScans('cap', 'cap'));
    expect(pair(['good/1.png'], [])).toThrow('cap/good/1.png: an image without its depth map, expected cap/good/xyz/1.*');
    expect(pair([], ['1.tiff'])).toThrow('cap/1.tiff: a depth map without its image, expected cap/rgb/1.*');
  });

  it('pairs whole sets whatever the order and the endings, and never when one is missing', () => {
    const stems = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,4}(\/[a-z0-9]{1,4})?$/), { minLength: 1, maxLength: 12 });
    const cases = stems.chain((names) => fc.record({ names: fc.constant(names), order: fc.shuffledSubarray(names, { minLength: names.length }) }));
    fc.assert(
      fc.property(cases, ({ names, order }) => {
        const images = files('rgb', ...names.map((name) => `${name}.png`));
        const depths = files('xyz', ...order.map((name, i) => `${name}${['.tiff', '.npy', '.PLY'][i % 3]}`));
        const paired = pairDepth(images, depths, at);
        expect(paired.map(({ path }) => path)).toEqual(images.map(({ path }) => path));
        expect(paired.map(({ depthPath }) => depthPath?.slice(4).replace(/\.[a-zA-Z]+$/, ''))).toEqual(names);
        expect(() => pairDepth(images, depths.slice(1), at)).toThrow(`rgb/${order[0]}.png: an image without its depth map, expected xyz/${order[0]}.*`);
        expect(() => pairDepth(images.slice(1), depths, at)).toThrow(`a depth map without its image, expected rgb/${names[0]}.*`);
      }),
    );
  });
});
