import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeShared, mulberry32 } from '@blemish-tools/jest';
import sharp, { type Sharp } from 'sharp';
import { decodeWithSharp } from '../decode-with-sharp.js';
import { writeJpeg } from '../testing/write-jpeg.js';
import { decodeJpeg, decodeJpegInto } from './decode-jpeg.js';

const limit = 2 ** 24;
const sizes: readonly (readonly [number, number])[] = [[1, 1], [2, 3], [4, 5], [5, 4], [7, 9], [16, 16], [17, 33], [33, 17], [1, 40], [47, 1], [120, 65]];

/** Noise, gradients, edges of one pixel, and waves under noise, [h,w,3]. */
const contents: Readonly<Record<string, (x: number, y: number, c: number, draw: () => number) => number>> = {
  noise: (_x, _y, _c, draw) => 256 * draw(),
  gradients: (x, y, c) => (3 * x + (c + 1) * y) % 256,
  edges: (x, y, c) => (((x >> 2) ^ (y >> 1) ^ c) & 1 ? 255 : 0),
  waves: (x, y, c, draw) => 118 + 100 * Math.sin(x / 7 + c) * Math.cos(y / 9 - c) + 20 * draw(),
};

function draws(content: keyof typeof contents, [width, height]: readonly [number, number]): Sharp {
  const draw = mulberry32(width * 1000 + height);
  const levels = new Uint8ClampedArray(width * height * 3);
  const level = contents[content] as (typeof contents)[string];
  for (let i = 0; i < levels.length; i++) levels[i] = level(Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3, draw);
  return sharp(Buffer.from(levels.buffer), { raw: { width, height, channels: 3 } });
}

/** Levels and numbers equal libvips's levels; throws where the file is left to it. */
async function expectEqual(jpeg: Uint8Array, label: string): Promise<void> {
  const wanted = await decodeWithSharp(jpeg, label, limit, 8);
  const levels = decodeJpeg(jpeg, label, limit);
  if (!levels) throw new Error(`${label}: not decoded here`);
  expect([label, levels.shape]).toEqual([label, wanted.shape]);
  const numbers = new Float32Array(wanted.data.length);
  const into = decodeJpegInto(jpeg, label, limit, [wanted.shape[0], wanted.shape[1]], numbers);
  let differ = 0;
  for (const [i, level] of wanted.data.entries()) if (level !== levels.data[i] || numbers[i] !== Math.fround(level / 255)) differ++;
  expect([label, into, differ]).toEqual([label, true, 0]);
}

describe('decodeJpeg equals libvips to the level', () => {
  it.each(Object.keys(contents))('%s: qualities, chroma of full and half size, gray, odd sizes', async (content) => {
    for (const size of sizes) {
      for (const quality of [30, 55, 80, 100]) {
        for (const chromaSubsampling of ['4:4:4', '4:2:0']) {
          const image = draws(content, size).jpeg({ quality, chromaSubsampling, optimizeCoding: size[0] % 2 === 0 });
          await expectEqual(await image.toBuffer(), `${content} ${size.join('x')} ${quality} ${chromaSubsampling}`);
        }
      }
      await expectEqual(await draws(content, size).toColourspace('b-w').jpeg().toBuffer(), `${content} ${size.join('x')} gray`);
    }
  });

  it('an image of 768x768', async () => {
    for (const chromaSubsampling of ['4:4:4', '4:2:0']) {
      await expectEqual(await draws('waves', [768, 768]).jpeg({ quality: 90, chromaSubsampling }).toBuffer(), chromaSubsampling);
    }
  });

  it.each([undefined, [1, 1], [2, 1], [2, 2]] as const)('drawn coefficients, codes up to 16 bits, restart markers, sampling %j', async (sampling) => {
    const draw = mulberry32(7);
    for (const [width, height] of sizes) {
      for (const interval of [0, 1, 3]) {
        for (const largest of [30, 200]) {
          const says = (['jfif', 'adobe', 'numbers'] as const)[Math.floor(3 * draw())] ?? 'jfif';
          const jpeg = writeJpeg({ width, height, sampling, interval, draw, largest, says, frame: draw() < 0.5 ? 0xc0 : 0xc1, graySampling: draw() < 0.5 ? 0x11 : 0x22 });
          await expectEqual(jpeg, `${width}x${height} every ${interval} up to ${largest}, ${says}`);
        }
      }
    }
  });
});

describeShared('decodeJpeg of photographs', 'data/mvtec_ad/bottle', (folder) => {
  it('equals libvips at several qualities', async () => {
    const good = join(folder, 'train', 'good');
    const files = (existsSync(good) ? readdirSync(good) : []).sort().slice(0, 3);
    expect(files).toHaveLength(3);
    for (const [n, file] of files.entries()) {
      for (const chromaSubsampling of ['4:4:4', '4:2:0']) {
        const jpeg = await sharp(join(good, file)).jpeg({ quality: 70 + 12 * n, chromaSubsampling }).toBuffer();
        await expectEqual(jpeg, `${file} ${chromaSubsampling}`);
      }
    }
  });
});
