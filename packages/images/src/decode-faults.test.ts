import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ndarray from 'ndarray';
import sharp from 'sharp';
import { decodeImage } from './decode-image.js';
import { encodeFloatTiff } from './encode-float-tiff.js';
import { encodePng } from './encode-png.js';
import { readImageSize } from './read-image-size.js';
import { pillowFixtures } from './testing/pillow-fixtures.js';
import { temporaryFolder } from './testing/temporary-folder.js';
import { writePng, type PngParts } from './testing/write-png.js';

const gray: PngParts = { width: 30, height: 20, depth: 8, colour: 0, samples: Array.from({ length: 600 }, (_, i) => i % 251) };
const folder = temporaryFolder();

function fixture(name: string): Uint8Array {
  const found = pillowFixtures.find((entry) => entry.name === name);
  if (!found) throw new Error(`no fixture ${name}`);
  return new Uint8Array(Buffer.from(found.base64, 'base64'));
}

async function decodeError(bytes: Uint8Array, name = 'part.png'): Promise<string> {
  const error = await decodeImage(bytes, { name }).then(
    () => new Error('was decoded'),
    (reason: Error) => reason,
  );
  expect(error.message).not.toContain('\n');
  expect(error.message.startsWith(`${name}: `)).toBe(true);
  return error.message;
}

describe('decodeImage refuses', () => {
  it('a JPEG that ends early, wherever', async () => {
    const image = sharp({ create: { width: 200, height: 150, channels: 3, background: '#804020', noise: { type: 'gaussian', mean: 128, sigma: 40 } } });
    for (const progressive of [false, true]) {
      const jpeg = await image.clone().jpeg({ quality: 90, progressive }).toBuffer();
      for (const share of [0.02, 0.3, 0.7, 0.99]) {
        expect(await decodeError(jpeg.subarray(0, Math.floor(jpeg.length * share)), 'cut.jpg')).toContain('cut.jpg: broken JPEG (');
      }
      expect(await decodeError(jpeg.subarray(0, -2), 'cut.jpg')).toBe('cut.jpg: broken JPEG (premature end of JPEG image)');
    }
  });

  it.each(['webp lossy', 'tiff LZW', 'bmp RGB', 'bmp gray'])('a file cut in half: %s', async (name) => {
    const bytes = fixture(name);
    expect(await decodeError(bytes.subarray(0, bytes.length >> 1))).toMatch(/^part.png: broken (WebP|TIFF|BMP) \(.+\)$/);
  });

  it.each([
    [{ height: 40 }, 'broken PNG (its header says 30x40, its data end before that)'],
    [{ height: 10 }, 'broken PNG (its header says 30x10, its data go on after that)'],
    [{ width: 60 }, 'broken PNG (its header says 60x20, its data end before that)'],
    [{ width: 7 }, 'broken PNG (its header says 7x20, its data go on after that)'],
    [{ width: 9000, height: 9000 }, 'bytes of data cannot hold that)'],
    [{ width: 60000, height: 60000 }, '60000x60000 is 3600000000 pixels, more than the limit of 268435456'],
    [{ width: 0 }, 'an image of 0x20 has no pixels'],
  ])('a PNG whose header lies: %j', async (lie, message) => {
    expect(await decodeError(writePng({ ...gray, lie }))).toContain(message);
    expect(await decodeError(writePng({ ...gray, lie, interlaced: true }))).toContain('part.png: ');
  });

  it('a PNG with a damaged header, damaged data, or half its data', async () => {
    const png = writePng(gray);
    const damaged = (at: number): Uint8Array => png.map((byte, i) => (i === at ? byte ^ 0x55 : byte));
    expect(await decodeError(damaged(19))).toBe('part.png: broken PNG (the checksum of its header is wrong)');
    expect(await decodeError(damaged(60))).toContain('part.png: broken PNG (');
    expect(await decodeError(png.subarray(0, 90))).toContain('part.png: broken PNG (');
    expect(await decodeError(png.subarray(0, 20))).toBe('part.png: broken PNG (it ends within its header)');
  });

  it('what is no image, by content and not by name', async () => {
    const text = Buffer.from('BMW is a text, not a picture');
    expect(await decodeError(text)).toBe('part.png: not an image (starts with "BMW is a text, n"); JPEG, PNG, TIFF, WebP and BMP are read');
    expect(await decodeError(Buffer.from([0, 1, 2, 250, 9]))).toContain('starts with 00 01 02 fa 09)');
    expect(await decodeError(new Uint8Array(0))).toBe('part.png: an empty file, not an image');
    const path = join(folder, 'really-a-png.jpg');
    writeFileSync(path, await encodePng(ndarray(new Uint8Array(12), [2, 2, 3])));
    expect((await decodeImage(path)).shape).toEqual([2, 2, 3]);
    expect(await readImageSize(path)).toEqual([2, 2]);
  });

  it('float samples, and more pixels than asked for', async () => {
    const map = encodeFloatTiff(Float32Array.of(0, 1, 2, 3, 4, 5), [2, 3]);
    expect(await decodeError(map, 'map.tiff')).toContain('map.tiff: expected levels of 8 or 16 bits, got samples of type float');
    await expect(decodeImage(writePng(gray), { pixelLimit: 599 })).rejects.toThrow('image: 30x20 is 600 pixels, more than the limit of 599');
  });

  it('a folder, a missing file, a link to nothing', async () => {
    mkdirSync(join(folder, 'sub.png'), { recursive: true });
    symlinkSync(join(folder, 'gone'), join(folder, 'link.png'));
    await expect(decodeImage(join(folder, 'sub.png'))).rejects.toThrow(`${join(folder, 'sub.png')}: a folder, not an image`);
    await expect(decodeImage(join(folder, 'none.png'))).rejects.toThrow('none.png: no such file');
    await expect(decodeImage(join(folder, 'link.png'))).rejects.toThrow('link.png: no such file');
  });
});

describe('readImageSize', () => {
  it.each(pillowFixtures)('reads the header: $name', async ({ name, base64, shape }) => {
    const path = join(folder, `${name.replace(/\W/g, '-')}.img`);
    writeFileSync(path, Buffer.from(base64, 'base64'));
    expect(await readImageSize(path)).toEqual(shape.slice(0, 2));
  });

  it('names a broken header and what is no image', async () => {
    const write = (name: string, bytes: Uint8Array): string => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    };
    await expect(readImageSize(write('short.png', writePng(gray).subarray(0, 20)))).rejects.toThrow('short.png: broken PNG (it ends within its header)');
    await expect(readImageSize(write('short.jpg', fixture('jpeg gray').subarray(0, 12)))).rejects.toThrow('short.jpg: broken JPEG (');
    await expect(readImageSize(write('short.bmp', fixture('bmp RGB').subarray(0, 20)))).rejects.toThrow('short.bmp: broken BMP (it ends within its header)');
    await expect(readImageSize(write('huge.png', writePng({ ...gray, lie: { width: 2 ** 30 } })))).rejects.toThrow('more than the limit');
    await expect(readImageSize(write('notes.png', Buffer.from('notes')))).rejects.toThrow('notes.png: not an image (starts with "notes")');
    await expect(readImageSize(folder)).rejects.toThrow('a folder, not an image');
  });
});
