import { mulberry32 } from '@blemish-tools/jest';
import { unitRange, unitRangePlain } from './unit-range.js';

describe('unitRange', () => {
  const levels = Uint8Array.from({ length: 256 }, (_, i) => i);

  it('gives the float32 nearest to level / 255', () => {
    const values = unitRange(levels);
    levels.forEach((level, i) => expect(values[i]).toBe(Math.fround(level / 255)));
    expect([values[0], values[255]]).toEqual([0, 1]);
  });

  it.each([0, 1, 15, 17, 8191, 8192, 8193, 50021])('gives the numbers of the plain form for %d levels', (count) => {
    const draw = mulberry32(count);
    const noise = Uint8Array.from({ length: count }, () => 256 * draw());
    const plain = new Float32Array(count);
    unitRangePlain(noise, plain);
    expect(Buffer.compare(Buffer.from(unitRange(noise).buffer), Buffer.from(plain.buffer))).toBe(0);
  });

  it('fills the memory it is given, and no other', () => {
    const batch = new Float32Array(600).fill(7);
    expect(unitRange(levels, batch.subarray(256, 512)).buffer).toBe(batch.buffer);
    expect([batch[255], batch[256], batch[511], batch[512]]).toEqual([7, 0, 1, 7]);
    expect(() => unitRange(levels, batch)).toThrow('unitRange: expected room for 256 values, got 600');
  });
});
