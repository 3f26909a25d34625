import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeShared, expectClose, uniformTensor } from '@blemish-tools/jest';
import fc from 'fast-check';
import { encodeFloatTiff } from './encode-float-tiff.js';
import { readFloatTiff } from './read-float-tiff.js';
import { writePng } from './testing/write-png.js';

describe('float TIFF', () => {
  it('reads back what was written, bit for bit', async () => {
    const side = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(side, side, fc.integer(), async (h, w, seed) => {
        const map = uniformTensor(seed, h * w, -1e3, 1e3);
        const read = await readFloatTiff(encodeFloatTiff(map, [h, w]), 'map.tiff');
        expect(read.shape).toEqual([h, w]);
        expect([...read.data]).toEqual([...map]);
      }),
      { numRuns: 20 },
    );
    const extremes = Float32Array.of(0, -0, 1e-45, 3.4e38, -3.4e38, Number.POSITIVE_INFINITY);
    expect([...(await readFloatTiff(encodeFloatTiff(extremes, [2, 3]), 'map')).data]).toEqual([...extremes]);
  });

  it('reads bytes that are a part of a larger memory, as a small Buffer of Node is', async () => {
    const map = Float32Array.of(1, 2, 3, 4, 5, 6);
    const whole = new Uint8Array(1000);
    const file = encodeFloatTiff(map, [2, 3]);
    whole.set(file, 100);
    const part = Buffer.from(whole.buffer, 100, file.length);
    expect([...(await readFloatTiff(part, 'map.tiff')).data]).toEqual([...map]);
  });

  it('does not write NaN, nor a shape that does not fit', () => {
    expect(() => encodeFloatTiff(Float32Array.of(0, 0, 0, Number.NaN, 0, 0), [2, 3])).toThrow('the map holds NaN at [1, 0]');
    expect(() => encodeFloatTiff(new Float32Array(5), [2, 3])).toThrow('expected 2x3 values, got 5');
  });

  it('says what it does not read', async () => {
    const map = encodeFloatTiff(new Float32Array(400), [20, 20]);
    await expect(readFloatTiff(map.subarray(0, 700), 'cut.tiff')).rejects.toThrow('cut.tiff: broken TIFF (');
    await expect(readFloatTiff(map.subarray(0, 60), 'cut.tiff')).rejects.toThrow('cut.tiff: broken TIFF (');
    const png = writePng({ width: 1, height: 1, depth: 8, colour: 0, samples: [1] });
    await expect(readFloatTiff(png, 'map.tiff')).rejects.toThrow('map.tiff: expected a TIFF of float32 values, got a PNG');
    await expect(readFloatTiff(Buffer.from('II'), 'map.tiff')).rejects.toThrow('map.tiff: not an image (starts with "II")');
    const bytes = map.slice();
    bytes[10 + 10 * 12 + 8] = 1; // sample format: unsigned integer
    await expect(readFloatTiff(bytes, 'map.tiff')).rejects.toThrow('expected one float32 channel, got 1 of 32 bits (sample format 1)');
    const wide = map.slice();
    new DataView(wide.buffer).setUint32(18, 2 ** 31 - 1, true);
    await expect(readFloatTiff(wide, 'map.tiff')).rejects.toThrow('more than the limit');
  });
});

describeShared('float TIFF by tifffile', 'golden/preprocess/fixtures', (folder) => {
  it('holds the third channel of the cloud it was made of', async () => {
    const { data, shape } = await readFloatTiff(new Uint8Array(readFileSync(join(folder, 'score_13x17_f32_gray.tiff'))), 'score');
    expect(shape).toEqual([13, 17]);
    const npy = readFileSync(join(folder, 'xyz_13x17.npy'));
    const start = 10 + npy.readUInt16LE(8);
    const z = Float32Array.from({ length: 13 * 17 }, (_, i) => npy.readFloatLE(start + (i * 3 + 2) * 4));
    expectClose(data, z, { tolerance: 0, label: 'preprocess score tiff', backend: 'pure' });
  });
});
