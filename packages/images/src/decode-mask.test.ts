import { join } from 'node:path';
import { describeShared, goldenArray, readGolden } from '@blemish-tools/jest';
import { decodeMask } from './decode-mask.js';
import { writePng } from './testing/write-png.js';

describe('decodeMask', () => {
  it('keeps the levels of 8-bit gray', async () => {
    const mask = await decodeMask(writePng({ width: 3, height: 2, depth: 8, colour: 0, samples: [0, 1, 128, 255, 2, 0] }));
    expect(mask.shape).toEqual([2, 3]);
    expect([...mask.data]).toEqual([0, 1, 128, 255, 2, 0]);
  });

  it('makes a defect of everything above 0: 1 bit, 16 bits, a palette, colours', async () => {
    const levels = async (parts: Omit<Parameters<typeof writePng>[0], 'width' | 'height'>): Promise<number[]> =>
      [...(await decodeMask(writePng({ width: 2, height: 2, ...parts }))).data];
    expect(await levels({ depth: 1, colour: 0, samples: [0, 1, 1, 0] })).toEqual([0, 255, 255, 0]);
    expect(await levels({ depth: 16, colour: 0, samples: [0, 1, 255, 65535] })).toEqual([0, 1, 1, 255]);
    expect(await levels({ depth: 8, colour: 3, samples: [0, 1, 1, 0], palette: Uint8Array.of(0, 0, 0, 0, 0, 9) })).toEqual([0, 9, 9, 0]);
    expect(await levels({ depth: 8, colour: 2, samples: [0, 0, 0, 200, 1, 0, 0, 3, 0, 0, 0, 5] })).toEqual([0, 200, 3, 5]);
  });

  it('says which mask is no image', async () => {
    await expect(decodeMask(Buffer.from('x'), { name: '000_mask.png' })).rejects.toThrow('000_mask.png: not an image (starts with "x")');
  });
});

describeShared('decodeMask on golden files', 'golden/preprocess', (folder) => {
  const want = goldenArray(readGolden(join(folder, 'preprocess.safetensors')), 'gt/in_50x40').data;
  it('reads the 8-bit mask to the level and the 1-bit one to the pixel', async () => {
    const mask = await decodeMask(join(folder, 'fixtures', 'gt_50x40.png'));
    expect(mask.shape).toEqual([50, 40]);
    expect([...mask.data]).toEqual([...want]);
    const bits = await decodeMask(join(folder, 'fixtures', 'gt_50x40_1bit.png'));
    // Pillow makes one bit by a threshold at 128 here; a pixel of exactly 128 may fall on either side.
    bits.data.forEach((level, i) => {
      if (want[i] !== 128) expect(level > 0).toBe((want[i] as number) > 0);
    });
  });
});
