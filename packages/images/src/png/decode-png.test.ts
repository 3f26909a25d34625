import { mulberry32 } from '@blemish-tools/jest';
import sharp from 'sharp';
import { decodeImage } from '../decode-image.js';
import { writePng, type PngParts } from '../testing/write-png.js';

const [width, height] = [61, 47];

/** A picture on which an encoder takes every filter somewhere: ramps, noise, flat areas. */
function picture(channels: 1 | 2 | 3 | 4): { data: Uint8Array; raw: { width: number; height: number; channels: 1 | 2 | 3 | 4 } } {
  const draw = mulberry32(channels);
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => {
    const [x, y] = [Math.floor(i / channels) % width, Math.floor(i / channels / width)];
    if (y < 10) return 40 * (i % channels);
    return y < 30 ? 3 * x + 2 * y + 3 * draw() : 256 * draw();
  });
  return { data, raw: { width, height, channels } };
}

/** libvips's reading of a PNG, which shares nothing with ours. */
async function reference(png: Uint8Array): Promise<Uint8Array> {
  return sharp(png, { ignoreIcc: true }).toColourspace('srgb').removeAlpha().raw({ depth: 'uchar' }).toBuffer();
}

async function differs(png: Uint8Array): Promise<number> {
  return Buffer.compare((await decodeImage(png)).data as Uint8Array, await reference(png));
}

describe('decodePng reads what libvips reads', () => {
  describe.each([false, true])('progressive %s', (progressive) => {
    it.each([1, 2, 3, 4] as const)('%d channels, every filter', async (channels) => {
      const { data, raw } = picture(channels);
      const image = channels < 3 ? sharp(data, { raw }).toColourspace('b-w') : sharp(data, { raw });
      const png = await image.png({ adaptiveFiltering: true, progressive, palette: false }).toBuffer();
      expect((await sharp(png).metadata()).channels).toBe(channels);
      expect(await differs(png)).toBe(0);
    });

    it('a palette, and 16 bits', async () => {
      const { data, raw } = picture(3);
      expect(await differs(await sharp(data, { raw }).png({ palette: true, colours: 13, progressive }).toBuffer())).toBe(0);
      expect(await differs(await sharp(data, { raw }).toColourspace('rgb16').png({ progressive }).toBuffer())).toBe(0);
    });
  });

  it('chunks that change what is shown but not the levels: gamma, profile, transparent colour, text', async () => {
    const { data, raw } = picture(3);
    const plain = await sharp(data, { raw }).png().toBuffer();
    const withProfile = await sharp(data, { raw }).withIccProfile('p3').withExif({ IFD0: { Copyright: 'nobody' } }).png().toBuffer();
    const parts: PngParts = { width: raw.width, height: raw.height, depth: 8, colour: 2, samples: data };
    const gamma = Buffer.alloc(4);
    gamma.writeUInt32BE(100000);
    const chunks = [['gAMA', gamma], ['sBIT', Buffer.from([5, 6, 5])], ['tRNS', Buffer.from([0, 40, 0, 80, 0, 120])], ['PLTE', Buffer.from([1, 2, 3])]] as const;
    for (const [name, content] of chunks) {
      const png = writePng({ ...parts, chunks: [[name, content]] });
      expect(Buffer.compare((await decodeImage(png)).data as Uint8Array, data)).toBe(0);
      expect(await differs(png)).toBe(0);
    }
    expect(Buffer.compare((await decodeImage(plain)).data as Uint8Array, data)).toBe(0);
    expect(await differs(withProfile)).toBe(0);
  });
});

describe('decodePng refuses', () => {
  const gray: PngParts = { width: 5, height: 4, depth: 8, colour: 0, samples: Array.from({ length: 20 }, (_, i) => i) };

  it.each([
    [{ colour: 5 }, 'colour type 5 does not exist'],
    [{ depth: 3 }, '3 bits do not exist for colour type 0'],
    [{ colour: 2, depth: 4 }, '4 bits do not exist for colour type 2'],
    [{ compression: 1 }, 'compression 1, filter 0, interlace 0 does not exist'],
    [{ colour: 3 }, 'its palette is missing'],
  ])('a header of %j', async (lie, message) => {
    await expect(decodeImage(writePng({ ...gray, lie }), { name: 'part.png' })).rejects.toThrow(`part.png: broken PNG (${message})`);
  });

  it('a palette with a wrong checksum, and a last chunk that is cut', async () => {
    const png = writePng({ ...gray, colour: 3, palette: Uint8Array.from({ length: 60 }, (_, i) => i) });
    const damaged = png.map((byte, i) => (i === 50 ? byte ^ 1 : byte));
    await expect(decodeImage(damaged, { name: 'part.png' })).rejects.toThrow('part.png: broken PNG (the checksum of its palette is wrong)');
    await expect(decodeImage(png.subarray(0, -14), { name: 'part.png' })).rejects.toThrow('part.png: broken PNG (it ends within its data)');
  });

  it('data whose checksum is wrong; a palette with too few colours reads black', async () => {
    const png = writePng(gray);
    for (let at = png.length - 12 - 8; at < png.length - 12 - 4; at++) {
      const damaged = png.map((byte, i) => (i === at ? byte ^ 4 : byte));
      await expect(decodeImage(damaged)).rejects.toThrow('image: broken PNG (its data do not inflate: incorrect data check)');
    }
    const few = writePng({ ...gray, colour: 3, palette: Uint8Array.of(9, 8, 7) });
    expect([...(await decodeImage(few)).data.subarray(0, 6)]).toEqual([9, 8, 7, 0, 0, 0]);
  });
});
