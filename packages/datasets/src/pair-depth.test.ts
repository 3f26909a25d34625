import type { FoundFile } from './find-images.js';
import { pairDepth } from './pair-depth.js';

const files = (folder: string, ...names: readonly string[]): FoundFile[] => names.map((name) => ({ name, path: `${folder}/${name}` }));

describe('pairDepth', () => {
  it('pairs by the relative name without its ending, in the images’ order', () => {
    const paired = pairDepth(files('rgb', '2.png', '10.jpg', 'a/2.PNG'), files('xyz', 'a/2.tiff', '10.npy', '2.ply'), 'rgb', 'xyz');
    expect(paired.map(({ path, name, depthPath }) => [path, name, depthPath])).toEqual([
      ['rgb/2.png', '2.png', 'xyz/2.ply'],
      ['rgb/10.jpg', '10.jpg', 'xyz/10.npy'],
      ['rgb/a/2.PNG', 'a/2.PNG', 'xyz/a/2.tiff'],
    ]);
  });

  it('names the file that stands alone and where its partner was expected', () => {
    const pair = (images: readonly string[], depths: readonly string[]) => () => pairDepth(files('rgb', ...images), files('xyz', ...depths), 'rgb', 'xyz');
    expect(pair(['1.png', 'a/2.png', '3.png'], ['1.tiff'])).toThrow(/^rgb\/a\/2.png: an image without its depth map, expected xyz\/a\/2\.\* \(and 1 more of these\)$/);
    expect(pair(['1.png'], ['1.tiff', '01.tiff'])).toThrow(/^xyz\/01.tiff: a depth map without its image, expected rgb\/01\.\*$/);
    expect(pair(['1.png'], ['1.tiff', '1.npy'])).toThrow('xyz/1.npy: differs from xyz/1.tiff in its ending only');
    expect(pair(['1.png', '1.jpg'], ['1.tiff'])).toThrow('rgb/1.jpg: differs from rgb/1.png in its ending only');
  });
});
