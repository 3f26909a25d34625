import { mulberry32 } from '@blemish-tools/jest';
import sharp from 'sharp';
import type { Levels } from '../decode-rgb.js';
import { decodeWithSharp } from '../decode-with-sharp.js';
import { writeJpeg } from '../testing/write-jpeg.js';
import { decodeJpeg, decodeJpegInto } from './decode-jpeg.js';
import { readBaseline } from './read-baseline.js';

const limit = 2 ** 22;
const size = { width: 45, height: 37 } as const;
const decode = (bytes: Uint8Array): Levels | undefined => decodeJpeg(bytes, 'part.jpg', limit);
const drawn = (interval: number): Uint8Array => writeJpeg({ ...size, sampling: [2, 2], interval, draw: mulberry32(interval) });

function changed(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = value;
  return copy;
}

/** Where a marker stands. */
const marker = (bytes: Uint8Array, code: number): number => bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === code);

describe('decodeJpeg leaves to libvips', () => {
  it('other kinds of JPEG', async () => {
    const image = sharp({ create: { ...size, channels: 3, background: '#804020' } });
    expect(decode(await image.clone().jpeg({ progressive: true }).toBuffer())).toBeUndefined();
    expect(decode(await image.clone().toColourspace('cmyk').jpeg().toBuffer())).toBeUndefined();
    const jpeg = drawn(0);
    const frame = marker(jpeg, 0xc0);
    expect(decode(jpeg)?.shape).toEqual([37, 45, 3]);
    expect(decode(changed(jpeg, frame + 1, 0xc9))).toBeUndefined();
    expect(decode(changed(jpeg, frame + 4, 12))).toBeUndefined();
    expect(decode(changed(jpeg, frame + 11, 0x12))).toBeUndefined();
    expect(decode(changed(jpeg, frame + 14, 0x21))).toBeUndefined();
    const rgb = writeJpeg({ ...size, sampling: [1, 1], draw: mulberry32(1), says: 'adobe' });
    expect(decode(rgb)).toBeDefined();
    expect(decode(changed(rgb, marker(rgb, 0xee) + 15, 0))).toBeUndefined();
    const numbered = writeJpeg({ ...size, sampling: [1, 1], draw: mulberry32(1), says: 'numbers' });
    const letter = changed(changed(numbered, marker(numbered, 0xc0) + 10, 82), marker(numbered, 0xda) + 5, 82);
    expect(decode(letter)).toBeUndefined();
  });

  it('data that end early or late, or hold what does not belong there', () => {
    for (const jpeg of [drawn(0), drawn(2)]) {
      const dataAt = readBaseline(jpeg)?.dataAt as number;
      for (let cut = 1; cut < jpeg.length; cut += 7) expect(decode(jpeg.subarray(0, -cut))).toBeUndefined();
      const end = jpeg.length - 2;
      const insert = (at: number, ...bytes: number[]): Uint8Array => Uint8Array.from([...jpeg.subarray(0, at), ...bytes, ...jpeg.subarray(at)]);
      expect(decode(insert(end, 0x55))).toBeUndefined();
      expect(decode(insert(end, 0xff))).toBeUndefined();
      expect(decode(insert(end, 0xff, 0xd3))).toBeUndefined();
      expect(decode(insert(dataAt, 0xff, 0xd0))).toBeUndefined();
      expect(decode(insert(jpeg.length, 1, 2, 3))).toEqual(decode(jpeg));
      expect(decode(changed(jpeg, end + 1, 0xda))).toBeUndefined();
    }
    const restarted = drawn(2);
    expect(decode(changed(restarted, marker(restarted, 0xd1) + 1, 0xd2))).toBeUndefined();
  });

  it('numbers that are larger than those of any image', () => {
    const drawnTo = (factor: number, largest: number): Uint8Array => writeJpeg({ ...size, sampling: [2, 1], draw: mulberry32(3), factor, largest });
    expect(decode(drawnTo(3, 300))).toBeDefined();
    expect(decode(drawnTo(3, 3060))).toBeUndefined();
    expect(decode(drawnTo(250, 5000))).toBeUndefined();
  });

  it('tables that are no code, and none at all', () => {
    const jpeg = drawn(0);
    const table = marker(jpeg, 0xc4);
    expect(decode(changed(changed(jpeg, table + 5, 3), table + 6, 0))).toBeUndefined();
    expect(decode(changed(jpeg, table + 4, 1))).toBeUndefined();
    expect(decode(changed(jpeg, marker(jpeg, 0xdb) + 4, 2))).toBeUndefined();
    expect(decode(changed(jpeg, marker(jpeg, 0xdb) + 9, 0))).toBeUndefined();
  });

  it('a header that promises more than the data can hold; too many pixels are an error first', () => {
    const jpeg = drawn(0);
    const frame = marker(jpeg, 0xc0);
    expect(readBaseline(changed(jpeg, frame + 5, 8))?.height).toBe(2048 + 37);
    expect(decode(changed(jpeg, frame + 5, 8))).toBeUndefined();
    expect(() => decode(changed(changed(jpeg, frame + 5, 255), frame + 7, 255))).toThrow('part.jpg: 65325x65317 is ');
    expect(decodeJpegInto(jpeg, 'part.jpg', limit, [45, 37], new Float32Array(45 * 37 * 3))).toBe(false);
  });
});

describe('decodeJpeg of changed files', () => {
  it.each([0, 2])('gives what libvips gives or nothing, restart interval %i', async (interval) => {
    const draw = mulberry32(interval + 11);
    const jpeg = drawn(interval);
    let decoded = 0;
    for (let time = 0; time < 1000; time++) {
      const at = 2 + Math.floor(draw() * (jpeg.length - 2));
      const bytes = changed(jpeg, at, time % 2 ? 256 * draw() : (jpeg[at] as number) ^ (1 << (8 * draw())));
      const ours = await Promise.resolve(bytes).then(decode).catch(() => undefined);
      if (!ours) continue;
      decoded++;
      const { data, shape } = await decodeWithSharp(bytes, 'part.jpg', limit, 8);
      expect(ours.shape).toEqual(shape);
      expect(Buffer.compare(ours.data, data as Uint8Array)).toBe(0);
    }
    expect(decoded).toBeGreaterThan(10);
  });
});
