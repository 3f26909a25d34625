import sharp from 'sharp';
import { readJpegHeader } from './jpeg-header.js';

const image = sharp({ create: { width: 37, height: 21, channels: 3, background: '#804020' } });

describe('readJpegHeader', () => {
  it.each([false, true])('finds size, depth and components behind other segments, progressive %s', async (progressive) => {
    const jpeg = await image.clone().withExif({ IFD0: { Copyright: 'nobody' } }).jpeg({ progressive }).toBuffer();
    expect(readJpegHeader(jpeg)).toEqual({ width: 37, height: 21, depth: 8, components: 3 });
    expect(readJpegHeader(await image.clone().toColourspace('b-w').jpeg().toBuffer())).toEqual({ width: 37, height: 21, depth: 8, components: 1 });
  });

  it('finds none in a file that ends before it, or breaks off into something else', async () => {
    const jpeg = await image.clone().jpeg().toBuffer();
    expect(readJpegHeader(jpeg.subarray(0, 30))).toBeUndefined();
    const damaged = Uint8Array.from(jpeg);
    damaged[2] = 0;
    expect(readJpegHeader(damaged)).toBeUndefined();
    expect(readJpegHeader(Uint8Array.of(0xff, 0xd8, 0xff))).toBeUndefined();
  });
});
