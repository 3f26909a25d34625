import { deflateSync } from 'node:zlib';
import { mulberry32, uniformTensor, writeTiff, type TiffParts } from '@blemish-tools/jest';
import fc from 'fast-check';
import sharp from 'sharp';
import { isReadable } from './block-samples.js';
import { readTiffSamples } from './read-tiff-samples.js';
import { readTiffLayout } from './tiff-layout.js';

function read(bytes: Uint8Array): { shape: number[]; values: number[] } {
  const layout = readTiffLayout(bytes, 'a.tiff', 2 ** 20);
  expect(isReadable(layout)).toBe(true);
  return { shape: [layout.height, layout.width, layout.samples], values: [...readTiffSamples(bytes, layout, 'a.tiff')] };
}

/** Values that each type holds exactly, smooth and rough. */
function drawn(type: string, count: number, seed: number): number[] {
  const values = uniformTensor(seed, count, type.startsWith('u') ? 0 : -1, 1);
  const most = type.startsWith('f') ? 1 : Math.min(2 ** (Number(type.slice(1)) - 1), 2 ** 23) - 1;
  return Array.from(values, (v, i) => (type.startsWith('f') ? v : Math.round((i % 7 < 4 ? 0.25 : v) * most) + 0));
}

describe('readTiffSamples', () => {
  it('reads every type, layout, compression, predictor and byte order', () => {
    const type = fc.constantFrom('u8', 'u16', 'u32', 'i8', 'i16', 'i32', 'f32', 'f64');
    const side = fc.integer({ min: 1, max: 20 });
    const compression = fc.constantFrom('none', 'lzw', 'deflate', 'packbits');
    const layout = fc.record({ bigEndian: fc.boolean(), bigTiff: fc.boolean(), planar: fc.boolean(), rowsPerStrip: fc.integer({ min: 1, max: 25 }) });
    const tile = fc.option(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })), { nil: undefined });
    fc.assert(
      fc.property(type, side, side, fc.integer({ min: 1, max: 4 }), compression, layout, tile, fc.integer({ min: 1, max: 3 }), (kind, width, height, samples, how, shape, tiles, wish) => {
        const values = drawn(kind, width * height * samples, width + 21 * height);
        const compressed = how === 'lzw' || how === 'deflate';
        const predictor = (!compressed || (wish === 3 && !kind.startsWith('f')) || (wish === 2 && kind === 'f64') ? 1 : wish) as 1 | 2 | 3;
        const file = writeTiff({
          width, height, samples, values, type: kind as 'f32', compression: how as 'lzw', predictor, ...shape,
          ...(tiles && { tile: [16 * tiles[0], 16 * tiles[1]] as const }),
        });
        expect(read(file)).toEqual({ shape: [height, width, samples], values });
      }),
      { numRuns: 300 },
    );
  });

  it.each(['lzw', 'deflate', 'packbits', 'none'] as const)('reads what libtiff wrote: %s', async (compression) => {
    const [width, height] = [150, 90];
    const draw = mulberry32(3);
    const levels = Uint16Array.from({ length: width * height }, (_, i) => (i % width) * 300 + 200 * draw());
    const image = sharp(levels, { raw: { width, height, channels: 1 } }).toColourspace('grey16');
    for (const predictor of ['none', 'horizontal'] as const)
      for (const tile of [false, true]) {
        const file = await image.clone().tiff({ compression, predictor, tile, tileWidth: 32, tileHeight: 48 }).toBuffer();
        const { values } = read(file);
        expect(values).toEqual([...levels]);
      }
  });

  it('reads clouds as libtiff reads what it wrote: floats, every predictor', async () => {
    const [width, height] = [70, 50];
    const values = uniformTensor(4, width * height * 3, 1e4, 5e4);
    // libvips takes the values for light of 16 bits and turns it to linear floats, which are compared.
    const linear = sharp(values, { raw: { width, height, channels: 3 } }).pipelineColourspace('scrgb').toColourspace('scrgb');
    for (const compression of ['lzw', 'deflate'] as const)
      for (const predictor of ['none', 'horizontal', 'float'] as const)
        for (const tile of [false, true]) {
          const file = await linear.clone().tiff({ compression, predictor, tile, tileWidth: 32, tileHeight: 16 }).toBuffer();
          const raw = await sharp(file).pipelineColourspace('scrgb').toColourspace('scrgb').raw({ depth: 'float' }).toBuffer();
          const want = new Float32Array(raw.buffer, raw.byteOffset, raw.length / 4);
          expect(want.some((value) => value > 0.1)).toBe(true);
          expect(read(file)).toEqual({ shape: [height, width, 3], values: [...want] });
        }
  });

  it('reads LZW through several fills of its table, and bytes that are a part of a larger memory', () => {
    const values = Array.from(uniformTensor(1, 120 * 100, 0, 1));
    const file = writeTiff({ width: 120, height: 100, values, compression: 'lzw' });
    const memory = new Uint8Array(file.length + 3);
    memory.set(file, 3);
    expect(read(memory.subarray(3)).values).toEqual(values);
    expect(read(Buffer.from(memory.buffer, 3)).values).toEqual(values);
  });
});

describe('readTiffSamples refuses', () => {
  const [width, height] = [20, 10];
  const values = Array.from(uniformTensor(2, width * height, -1, 1));
  const parts: TiffParts = { width, height, values };
  const message = (bytes: Uint8Array): string => {
    try {
      const { shape } = read(bytes);
      return `read ${shape.join('x')}`;
    } catch (error) {
      return (error as Error).message;
    }
  };

  it.each([
    [{ lie: { 279: 799 } }, 'block 0 of its pixels has 799 bytes, 800 cannot be in them'],
    [{ lie: { 273: 2 ** 31 } }, 'block 0 of its pixels lies outside the file'],
    [{ lie: { 273: undefined } }, 'block 0 of its pixels is missing'],
    [{ lie: { 256: 40 } }, 'block 0 of its pixels has 800 bytes, 1600 cannot be in them'],
    [{ lie: { 256: 5000, 257: 5000 } }, 'a.tiff: 5000x5000 is 25000000 pixels, more than the limit of 1048576'],
    [{ lie: { 256: 0 } }, 'a.tiff: an image of 0x10 has no pixels'],
    [{ lie: { 257: undefined } }, 'it does not say its height'],
    [{ lie: { 284: 7 } }, 'planar configuration 7 does not exist'],
    [{ lie: { 266: 2 } }, 'the bits of its bytes run backwards'],
    [{ lie: { 277: 0 } }, 'it has 0 samples a pixel'],
    [{ lie: { 278: 0 } }, 'its blocks are of 20x0'],
    [{ lie: { 259: 7 } }, 'a.tiff: a TIFF compressed by JPEG; uncompressed, LZW, deflate and PackBits are read'],
    [{ lie: { 259: 12345 } }, 'a.tiff: a TIFF compressed by method 12345; uncompressed, LZW, deflate and PackBits are read'],
    [{ compression: 'lzw', predictor: 2, lie: { 317: 9 } }, 'predictor 9 does not exist'],
    [{ rowsPerStrip: 5, lie: { 273: 8, 279: 400 } }, 'block 1 of its pixels is missing'],
    [{ tile: [16, 16], lie: { 322: 2 ** 30 } }, 'block 0 of its pixels has 1024 bytes'],
  ] as const)('a file whose tags say %j', (lie, expected) => {
    expect(message(writeTiff({ ...parts, ...lie }))).toContain(expected);
  });

  it('blocks that share their bytes, which would make much out of little', () => {
    const file = writeTiff({ width, height: 200, values: Array.from({ length: 4000 }, (_, i) => values[i % 200] as number), rowsPerStrip: 10 });
    const view = new DataView(file.buffer);
    const directory = view.getUint32(4, true);
    for (let at = directory + 2; view.getUint16(at, true) < 279; at += 12) {
      if (view.getUint16(at, true) !== 273) continue;
      const list = view.getUint32(at + 8, true);
      for (let i = 0; i < 20; i++) view.setUint32(list + i * 4, 8, true);
    }
    // The sum of their lengths is still that of the file: made longer by the directory, they overlap.
    expect(message(file)).toBe('read 200x20x1');
    const halved = writeTiff({ width, height: 20, values: [...values, ...values], rowsPerStrip: 10 });
    const short = Uint8Array.from([...halved.subarray(0, 8 + 800), ...halved.subarray(8 + 1600)]);
    const moved = new DataView(short.buffer);
    const start = moved.getUint32(4, true) - 800;
    moved.setUint32(4, start, true);
    for (let at = start + 2, i = 0; i < moved.getUint16(start, true); at += 12, i++) {
      if (moved.getUint32(at + 4, true) < 2) continue;
      moved.setUint32(at + 8, moved.getUint32(at + 8, true) - 800, true);
      if (moved.getUint16(at, true) === 273) moved.setUint32(moved.getUint32(at + 8, true) + 4, 8, true);
    }
    expect(message(short)).toBe('the blocks of its pixels overlap');
  });

  it('a file that ends early, wherever, also where it is compressed', () => {
    for (const compression of ['none', 'lzw', 'deflate', 'packbits'] as const) {
      const file = writeTiff({ ...parts, compression });
      for (let length = 8; length < file.length - 8; length += 7) expect(message(file.subarray(0, length))).not.toMatch(/^read|\n|undefined/);
      for (let at = 8; at < 200; at += 5) expect(message(file.map((byte, i) => (i === at ? byte ^ 0x5a : byte)))).not.toContain('\n');
    }
  });

  it('data that go on for longer than a block, and LZW codes that stand for nothing', () => {
    const file = writeTiff({ width: 20, height: 10, values, compression: 'deflate', lie: { 278: 10 } });
    const long = deflateSync(new Uint8Array(100000));
    const swapped = Buffer.concat([file.subarray(0, 8), long, file.subarray(8)]);
    const directory = swapped.readUInt32LE(4) + long.length;
    swapped.writeUInt32LE(directory, 4);
    for (let at = directory + 2; swapped.readUInt16LE(at) <= 279; at += 12) if (swapped.readUInt16LE(at) === 279) swapped.writeUInt32LE(long.length, at + 8);
    expect(message(swapped)).toBe('a block goes on after 800 bytes');
    const lzw = writeTiff({ ...parts, compression: 'lzw' });
    lzw.set([0x80, 0x7f, 0xff], 8); // clear, then code 511
    expect(message(lzw)).toBe('LZW code 511 stands for nothing yet');
  });
});
