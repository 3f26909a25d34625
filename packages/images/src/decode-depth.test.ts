import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeShared, expectClose, goldenArray, readGolden, uniformTensor, writeNpy, writePcd, writePly, writeTiff } from '@blemish-tools/jest';
import fc from 'fast-check';
import ndarray from 'ndarray';
import sharp from 'sharp';
import { decodeDepth } from './decode-depth.js';
import { isNoDepth } from './depth-kind.js';
import { encodeCloudTiff } from './encode-cloud-tiff.js';
import { encodeFloatTiff } from './encode-float-tiff.js';
import { encodePng } from './encode-png.js';
import { readDepthSize } from './read-depth-size.js';
import { readFloatTiff } from './read-float-tiff.js';
import { temporaryFolder } from './testing/temporary-folder.js';
import { writePng } from './testing/write-png.js';

const folder = temporaryFolder();
const [rows, columns] = [4, 5];
const points = Array.from(uniformTensor(5, rows * columns * 3, 0.1, 2));
const levels = Array.from({ length: rows * columns }, (_, i) => 37 * i);
const cloudFiles: Readonly<Record<string, Uint8Array>> = {
  tiff: writeTiff({ width: columns, height: rows, samples: 3, values: points }),
  'planar tiff': writeTiff({ width: columns, height: rows, samples: 3, values: points, planar: true, compression: 'lzw', bigEndian: true }),
  npy: writeNpy({ shape: [rows, columns, 3], values: points }),
  ply: writePly({ rows, columns, points, format: 'binary_big_endian' }),
  pcd: writePcd({ rows, columns, points, data: 'binary_compressed' }),
};
const heightFiles: Readonly<Record<string, readonly [bytes: Uint8Array, kind: string]>> = {
  'png of 16 bits': [writePng({ width: columns, height: rows, depth: 16, colour: 0, samples: levels }), '16-bit levels'],
  'interlaced png': [writePng({ width: columns, height: rows, depth: 16, colour: 0, samples: levels, interlaced: true }), '16-bit levels'],
  'png of 8 bits': [writePng({ width: columns, height: rows, depth: 8, colour: 0, samples: levels.map((v) => v % 256) }), '8-bit levels'],
  'tiff of 16 bits': [writeTiff({ width: columns, height: rows, values: levels, type: 'u16', bigEndian: true }), '16-bit levels'],
  'tiff of 8 bits': [writeTiff({ width: columns, height: rows, values: levels.map((v) => v % 256), type: 'u8' }), '8-bit levels'],
  npy: [writeNpy({ shape: [rows, columns], values: levels, dtype: '<u2' }), 'whole numbers (<u2)'],
};

describe('decodeDepth', () => {
  it.each(Object.keys(cloudFiles))('reads a cloud: %s', async (kind) => {
    const bytes = cloudFiles[kind] as Uint8Array;
    const { z, cloud } = await decodeDepth(bytes);
    expect(cloud?.shape).toEqual([rows, columns, 3]);
    expect([...(cloud?.data ?? [])]).toEqual(points);
    expect(z.shape).toEqual([rows, columns]);
    expect([...z.data]).toEqual(points.filter((_, i) => i % 3 === 2));
    const path = join(folder, `${kind}.bin`);
    writeFileSync(path, bytes);
    expect([...(await decodeDepth(path)).z.data]).toEqual([...z.data]);
    expect(await readDepthSize(path)).toEqual([rows, columns]);
  });

  it.each(Object.keys(heightFiles))('reads a height map at its full depth, given a scale: %s', async (kind) => {
    const [bytes, words] = heightFiles[kind] as readonly [Uint8Array, string];
    const { z, cloud } = await decodeDepth(bytes, { scale: 0.5, unit: 'mm' });
    expect(cloud).toBeUndefined();
    const want = levels.map((v) => Math.fround((words.startsWith('8') ? v % 256 : v) * 0.5e-3));
    expect([...z.data]).toEqual(want);
    await expect(decodeDepth(bytes, { name: 'part' })).rejects.toThrow(
      `part: a height map of ${words} needs a scale, the metres of one level (--depth-scale)`,
    );
    await expect(decodeDepth(bytes, { name: 'part', unit: 'mm' })).rejects.toThrow('the millimetres of one level');
    const path = join(folder, `height ${kind}.bin`);
    writeFileSync(path, bytes);
    expect(await readDepthSize(path)).toEqual([rows, columns]);
  });

  it('reads a map of depths: float TIFF, NPY of either float, libvips', async () => {
    const depths = points.slice(0, rows * columns);
    const tiff = encodeFloatTiff(Float32Array.from(depths), [rows, columns]);
    for (const bytes of [tiff, writeNpy({ shape: [rows, columns, 1], values: depths, dtype: '>f8' }), writeTiff({ width: columns, height: rows, values: depths, type: 'f64' })]) {
      const { z, cloud } = await decodeDepth(bytes);
      expect([...z.data]).toEqual(depths);
      expect(cloud).toBeUndefined();
    }
    expect((await sharp(tiff).metadata()).depth).toBe('float');
  });

  it('brings NaN, infinity and 0 to 0, the whole point where one coordinate is none', async () => {
    const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
    const { z, cloud } = await decodeDepth(writeNpy({ shape: [1, 6, 3], values: [1, 2, 3, nan, 2, 3, 1, inf, 3, 1, 2, -inf, 1, 2, 0, 4, 5, -6] }));
    expect([...(cloud?.data ?? [])]).toEqual([1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 5, -6]);
    expect([...z.data]).toEqual([3, 0, 0, 0, 0, -6]);
    const map = await decodeDepth(writeNpy({ shape: [1, 5], values: [nan, inf, -inf, -0, 7] }));
    expect([...map.z.data]).toEqual([0, 0, 0, 0, 7]);
    const huge = await decodeDepth(writeNpy({ shape: [1, 2], values: [1e300, 1], dtype: '<f8' }), { scale: 1e5 });
    expect([...huge.z.data]).toEqual([0, 1e5]);
  });

  it('gives the same in millimetres with the unit told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const metres = uniformTensor(seed, 60, -1, 3);
        const one = await decodeDepth(writeNpy({ shape: [4, 5, 3], values: metres }));
        const other = await decodeDepth(writeNpy({ shape: [4, 5, 3], values: metres.map((v) => v * 1000) }), { unit: 'mm' });
        expectClose(other.cloud?.data ?? [], one.cloud?.data ?? [], { tolerance: 4e-7, label: 'decodeDepth units', backend: 'pure' });
        expect([...other.z.data].map((v) => v === 0)).toEqual([...one.z.data].map((v) => v === 0));
      }),
      { numRuns: 20 },
    );
  });

  it('says what a file is that is no depth', async () => {
    const four = { width: 2, height: 2, values: new Float32Array(16) };
    const png = (colour: 0 | 2 | 3 | 4 | 6, depth: 4 | 8 | 16): Uint8Array =>
      writePng({ width: 2, height: 2, depth, colour, samples: new Uint8Array(16), ...(colour === 3 && { palette: new Uint8Array(48) }) });
    const jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } }).jpeg().toBuffer();
    const lzw = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } }).tiff({ compression: 'jpeg' }).toBuffer();
    const cases: readonly (readonly [Uint8Array, string])[] = [
      [writeTiff({ ...four, samples: 3, type: 'u8', photometric: 2 }), 'expected a depth map or a cloud, got an RGB image of 8 bits, 3 channels'],
      [writeTiff({ ...four, samples: 3, type: 'u16', photometric: 2 }), 'got an RGB image of 16 bits, 3 channels'],
      [writeTiff({ ...four, samples: 4 }), 'got a gray image of 32 bits (floating point), 4 channels'],
      [writeTiff({ ...four, type: 'u8', photometric: 3 }), 'got a palette image of 8 bits, 1 channel'],
      [writeTiff({ ...four, lie: { 258: 1, 339: undefined } }), 'got a gray image of 1 bit, 1 channel'],
      [lzw, 'got a YCbCr image of 8 bits, 3 channels'],
      [png(2, 8), 'expected a depth map or a cloud, got an RGB image of 8 bits, 3 channels'],
      [png(6, 16), 'got an RGB image with alpha of 16 bits, 4 channels'],
      [png(3, 8), 'got a palette image of 8 bits, 1 channel'],
      [png(4, 8), 'got a gray image with alpha of 8 bits, 2 channels'],
      [png(0, 4), 'got a gray image of 4 bits, 1 channel'],
      [jpeg, 'expected a depth map or a cloud, got a JPEG image'],
      [writeNpy({ shape: [2, 2, 3], values: new Uint8Array(12), dtype: '|u1' }), 'got whole numbers |u1 of 3 channels'],
      [Buffer.from('no cloud at all'), 'no depth (starts with "no cloud at all"); TIFF, PNG, NPY, PLY and PCD are read'],
      [new Uint8Array(0), 'an empty file, expected a depth map or a cloud'],
      [writeTiff(four).subarray(0, 12), 'broken TIFF ('],
      [writePng({ width: 2, height: 2, depth: 8, colour: 0, samples: [1, 2, 3, 4] }).subarray(0, 45), 'broken PNG ('],
    ];
    for (const [bytes, message] of cases) {
      const error = await decodeDepth(bytes, { name: 'part.x', scale: 1 }).catch((cause: Error) => cause);
      expect(error).toHaveProperty('message', expect.stringContaining(`part.x: ${message.startsWith('got') ? 'expected a depth map or a cloud, ' : ''}${message}`));
      expect(isNoDepth(error as Error)).toBe(!/^(broken|an empty)/.test(message));
    }
  });

  it('refuses options that are none, more pixels than asked for, and files that are not there', async () => {
    const file = cloudFiles['npy'] as Uint8Array;
    await expect(decodeDepth(file, { unit: 'inch' as 'm' })).rejects.toThrow('depth: expected the depth unit m or mm, got inch');
    for (const scale of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(decodeDepth(file, { scale })).rejects.toThrow(`depth: expected a depth scale above 0, got ${scale}`);
    }
    for (const bytes of Object.values(cloudFiles)) await expect(decodeDepth(bytes, { pixelLimit: 19 })).rejects.toThrow('depth: 5x4 is 20 pixels, more than the limit of 19');
    await expect(decodeDepth(join(folder, 'none.tiff'))).rejects.toThrow('none.tiff: no such file');
    await expect(readDepthSize(join(folder, 'none.tiff'))).rejects.toThrow('none.tiff: no such file');
    const text = join(folder, 'text.ply');
    writeFileSync(text, 'a text');
    await expect(readDepthSize(text)).rejects.toThrow(`${text}: no depth (starts with "a text"); TIFF, PNG, NPY, PLY and PCD are read`);
  });

  it('tells a picture from its header', async () => {
    const path = join(folder, 'picture.png');
    writeFileSync(path, await encodePng(ndarray(new Uint8Array(60), [4, 5, 3])));
    for (const read of [readDepthSize, decodeDepth]) await expect(read(path)).rejects.toThrow(`${path}: expected a depth map or a cloud, got an RGB image of 8 bits, 3 channels`);
    const photo = join(folder, 'photo.png');
    writeFileSync(photo, Uint8Array.of(0xff, 0xd8, 0xff, 0xe0));
    for (const read of [readDepthSize, decodeDepth]) await expect(read(photo)).rejects.toThrow(`${photo}: expected a depth map or a cloud, got a JPEG image`);
  });
});

describe('encodeCloudTiff', () => {
  it('writes what is read back, of any strides, and what libvips reads', async () => {
    const cloud = ndarray(Float32Array.from(points), [rows, columns, 3]);
    const file = encodeCloudTiff(cloud);
    expect([...((await decodeDepth(file)).cloud?.data ?? [])]).toEqual(points);
    expect(await sharp(file).metadata()).toMatchObject({ width: columns, height: rows, channels: 3, depth: 'float' });
    const turned = (await decodeDepth(encodeCloudTiff(cloud.transpose(1, 0, 2)))).cloud;
    expect(turned?.get(4, 3, 1)).toBe(cloud.get(3, 4, 1));
  });

  it('refuses NaN and other shapes', () => {
    expect(() => encodeCloudTiff(ndarray(Float32Array.of(0, 0, 0, 1, Number.NaN, 1), [1, 2, 3]))).toThrow('encodeCloudTiff: the cloud holds NaN at [0, 1]');
    expect(() => encodeCloudTiff(ndarray(new Float32Array(4), [2, 2]))).toThrow('encodeCloudTiff: expected [H,W,3], got [2,2]');
  });
});

describeShared('decodeDepth on files of tifffile and NumPy', 'golden/preprocess', (shared) => {
  const fixture = (name: string): string => join(shared, 'fixtures', name);

  it.each(['contig_le', 'contig_be', 'planar', 'deflate', 'rgb_rows4'])('xyz_13x17_%s.tiff holds the cloud of xyz_13x17.npy', async (kind) => {
    const npy = await decodeDepth(fixture('xyz_13x17.npy'));
    const { cloud, z } = await decodeDepth(fixture(`xyz_13x17_${kind}.tiff`));
    expect(cloud?.shape).toEqual([13, 17, 3]);
    expectClose(cloud?.data ?? [], npy.cloud?.data ?? [], { tolerance: 0, label: 'preprocess xyz tiff', backend: 'pure', detail: kind });
    expect([...z.data]).toEqual([...npy.z.data]);
    expect(await readDepthSize(fixture(`xyz_13x17_${kind}.tiff`))).toEqual([13, 17]);
  });

  it('xyz_64x64_default.tiff holds the cloud of case a', async () => {
    const golden = goldenArray(readGolden(join(shared, 'preprocess.safetensors')), 'a_64x64/xyz');
    const { cloud } = await decodeDepth(fixture('xyz_64x64_default.tiff'));
    expect(cloud?.shape).toEqual(golden.shape);
    expectClose(cloud?.data ?? [], golden.data, { tolerance: 0, label: 'preprocess xyz tiff', backend: 'pure', detail: 'a_64x64' });
  });

  it('a float map, gray PNG as a height map, and images that are none', async () => {
    const { data } = await readFloatTiff((await import('node:fs')).readFileSync(fixture('score_13x17_f32_gray.tiff')), 'score');
    const { z } = await decodeDepth(fixture('score_13x17_f32_gray.tiff'));
    expect([...z.data]).toEqual([...data]);
    const gray = await decodeDepth(fixture('gray_50x40.png'), { scale: 1 });
    expect(gray.z.shape).toEqual([50, 40]);
    for (const name of ['rgb_50x40.png', 'rgba_50x40.png', 'rgb_50x40_palette.png', 'gt_50x40_1bit.png']) {
      await expect(decodeDepth(fixture(name))).rejects.toThrow('expected a depth map or a cloud, got a');
    }
  });
});
