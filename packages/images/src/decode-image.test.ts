import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { describeShared, goldenArray, mulberry32, readGolden } from '@blemish-tools/jest';
import ndarray from 'ndarray';
import { decodeImage } from './decode-image.js';
import { encodePng } from './encode-png.js';
import { pillowFixtures } from './testing/pillow-fixtures.js';
import { writePng, type PngParts } from './testing/write-png.js';

const [width, height] = [11, 9];

function samples(count: number, depth: number): number[] {
  const draw = mulberry32(depth);
  return Array.from({ length: count }, () => Math.floor(draw() * 2 ** depth));
}

describe('decodeImage', () => {
  describe.each([false, true])('PNG, interlaced %s', (interlaced) => {
    const check = async (parts: Pick<PngParts, 'depth' | 'colour' | 'samples' | 'palette'>, level: (i: number, c: number) => number) => {
      const image = await decodeImage(writePng({ width, height, interlaced, ...parts }));
      expect(image.shape).toEqual([height, width, 3]);
      const want = Array.from({ length: width * height * 3 }, (_, i) => level(Math.floor(i / 3), i % 3));
      expect([...image.data]).toEqual(want);
    };

    it.each([1, 2, 4, 8] as const)('gray of %d bits fills all channels at full range', async (depth) => {
      const gray = samples(width * height, depth);
      await check({ depth, colour: 0, samples: gray }, (i) => ((gray[i] as number) * 255) / (2 ** depth - 1));
    });

    it('gray of 16 bits gives its high byte', async () => {
      const gray = samples(width * height, 16);
      await check({ depth: 16, colour: 0, samples: gray }, (i) => (gray[i] as number) >> 8);
    });

    it.each([1, 2, 4, 8] as const)('a palette of %d bits is looked up', async (depth) => {
      const palette = Uint8Array.from(samples(3 * 2 ** depth, 8));
      const index = samples(width * height, depth);
      await check({ depth, colour: 3, samples: index, palette }, (i, c) => palette[3 * (index[i] as number) + c] as number);
    });

    it.each([[2, 3], [4, 2], [6, 4]] as const)('colour type %d keeps its levels and drops alpha, 8 and 16 bits', async (colour, channels) => {
      const values = samples(width * height * channels, 8);
      const at = (i: number, c: number): number => values[i * channels + (channels > 2 ? c : 0)] as number;
      await check({ depth: 8, colour, samples: values }, at);
      await check({ depth: 16, colour, samples: values.map((v) => 256 * v + 200) }, at);
    });
  });

  it.each(pillowFixtures)('equals Pillow to the level: $name', async ({ base64, shape, sha256 }) => {
    const image = await decodeImage(Buffer.from(base64, 'base64'));
    expect(image.shape).toEqual(shape);
    expect(createHash('sha256').update(image.data).digest('hex')).toBe(sha256);
  });

  it('reads what encodePng wrote, and gives dense levels', async () => {
    const levels = ndarray(Uint8Array.from(samples(4 * 6 * 3, 8)), [4, 6, 3]);
    const image = await decodeImage(await encodePng(levels));
    expect([...image.data]).toEqual([...levels.data]);
    expect(image.stride).toEqual([18, 3, 1]);
    const turned = await decodeImage(await encodePng(levels.transpose(1, 0, 2)));
    expect(turned.get(5, 3, 1)).toBe(levels.get(3, 5, 1));
    const gray = await decodeImage(await encodePng(ndarray(Uint8Array.of(0, 7, 255, 9), [2, 2])));
    expect([...gray.data]).toEqual([0, 0, 0, 7, 7, 7, 255, 255, 255, 9, 9, 9]);
    await expect(encodePng(ndarray(new Uint8Array(8), [2, 2, 2]))).rejects.toThrow('encodePng: expected [H,W,3], [H,W,1] or [H,W], got [2,2,2]');
  });
});

describeShared('decodeImage on golden files', 'golden/preprocess', (folder) => {
  const golden = readGolden(join(folder, 'preprocess.safetensors'));
  const rgb = goldenArray(golden, 'rgb/in_50x40_u8_HWC');
  it.each(['rgb_50x40.png', 'rgba_50x40.png'])('%s holds the golden RGB levels', async (name) => {
    const image = await decodeImage(join(folder, 'fixtures', name));
    expect(image.shape).toEqual(rgb.shape);
    expect(Buffer.compare(Buffer.from(image.data), Buffer.from(rgb.data as Uint8Array))).toBe(0);
  });

  it('the palette and gray ones keep their size and gray their equal channels', async () => {
    const palette = await decodeImage(join(folder, 'fixtures', 'rgb_50x40_palette.png'));
    expect(palette.shape).toEqual([50, 40, 3]);
    // 256 colours for 2000 noisy pixels: near, not equal.
    const mean = (levels: ArrayLike<number>): number => Array.from(levels).reduce((sum, v) => sum + v, 0) / levels.length;
    expect(Math.abs(mean(palette.data) - mean(rgb.data))).toBeLessThan(3);
    const gray = await decodeImage(new Uint8Array(readFileSync(join(folder, 'fixtures', 'gray_50x40.png'))), { name: 'gray' });
    expect(gray.shape).toEqual([50, 40, 3]);
    for (let i = 0; i < 2000; i++) expect(gray.data[3 * i]).toBe(gray.data[3 * i + 2]);
  });
});
