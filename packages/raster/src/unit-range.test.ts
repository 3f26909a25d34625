import { unitRange } from './unit-range.js';

describe('unitRange', () => {
  const levels = Uint8Array.from({ length: 256 }, (_, i) => i);

  it('gives the float32 nearest to level / 255', () => {
    const values = unitRange(levels);
    levels.forEach((level, i) => expect(values[i]).toBe(Math.fround(level / 255)));
    expect([values[0], values[255]]).toEqual([0, 1]);
  });

  it('fills the memory it is given', () => {
    const batch = new Float32Array(512);
    expect(unitRange(levels, batch.subarray(256)).buffer).toBe(batch.buffer);
    expect([batch[255], batch[511]]).toEqual([0, 1]);
    expect(() => unitRange(levels, batch)).toThrow('unitRange: expected room for 256 values, got 512');
  });
});
