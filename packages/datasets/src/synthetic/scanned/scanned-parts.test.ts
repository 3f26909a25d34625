import { createHash } from 'node:crypto';
import { drawScannedPart, leastChange, type ScannedPartOptions } from './draw-scanned-part.js';
import { partDefectNames, partDefects } from './part-defects.js';
import { partModels, partNames } from './part-models.js';

const sha256 = (bytes: ArrayBufferView): string => createHash('sha256').update(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)).digest('hex');
const size = 96;
const base: ScannedPartOptions = { part: 'plate', seed: 5, index: 0, size };

/** z of every point in millimetres, 0 where nothing was measured. */
const depthOf = (options: ScannedPartOptions): Float64Array =>
  Float64Array.from({ length: size * size }, (_, i) => 1000 * (drawn(options).cloud.data[i * 3 + 2] as number));
const kept = new Map<string, ReturnType<typeof drawScannedPart>>();
function drawn(options: ScannedPartOptions): ReturnType<typeof drawScannedPart> {
  const key = JSON.stringify(options);
  const part = kept.get(key) ?? drawScannedPart(options);
  kept.set(key, part);
  return part;
}

describe('scanned parts', () => {
  it('are the same bits from the same seed on every machine', () => {
    const { image, cloud, mask } = drawScannedPart({ part: 'gear', seed: 1, stream: 4, index: 2, size: 64, defect: 'crack' });
    expect([image.data, cloud.data, mask].map(sha256)).toEqual([
      'd4149a696e823e3ee5f232e302c7ee8fee809f4cef04d576b528275a648d3418',
      'c52e29528cfed815dd0897fc2a5c1179307658c05d9990c8afa543193b95a3b7',
      'b95fa3e3e0b15f1c0750ea9f9d4c74497ca87ae4d806abce425297dcd454ad0a',
    ]);
  });

  it('differ by part, seed, stream and index', () => {
    const all = [base, { ...base, part: 'gear' as const }, { ...base, seed: 6 }, { ...base, stream: 1 }, { ...base, index: 1 }];
    expect(new Set(all.map((options) => sha256(drawn(options).image.data))).size).toBe(5);
    expect(new Set(all.map((options) => sha256(drawn(options).cloud.data))).size).toBe(5);
  });

  it.each(partNames)('scan a %s that stands 15 to 40 mm out of a table 0.3 to 0.6 m away', (part) => {
    const depth = depthOf({ ...base, part }).filter((z) => z > 0);
    expect(depth.length).toBeGreaterThan(0.75 * size * size);
    const [near, far] = [Math.min(...depth), Math.max(...depth)];
    expect(near).toBeGreaterThan(300 - 40);
    expect(far).toBeLessThan(600);
    expect(far - near).toBeGreaterThan(15);
    expect(far - near).toBeLessThan(45);
  });

  it('lie as a pinhole camera sees them: x and y follow from z and the pixel', () => {
    const { cloud } = drawn(base);
    const focal = (size * partModels.plate.distance) / partModels.plate.view;
    let worst = 0;
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) {
        const z = cloud.get(y, x, 2);
        worst = Math.max(worst, Math.abs(cloud.get(y, x, 0) - ((x + 0.5 - size / 2) / focal) * z), Math.abs(cloud.get(y, x, 1) - ((y + 0.5 - size / 2) / focal) * z));
      }
    expect(worst).toBeLessThan(1e-7);
  });

  it('miss points as whole points, and nothing is NaN', () => {
    for (const part of partNames) {
      const { data } = drawn({ ...base, part }).cloud;
      expect(data.every(Number.isFinite)).toBe(true);
      const missing = [...data].filter((_, i) => i % 3 === 2).filter((z) => z === 0).length;
      expect(missing).toBeGreaterThan(0.002 * size * size);
      for (let i = 0; i < data.length; i += 3) if (data[i + 2] === 0) expect([data[i], data[i + 1]]).toEqual([0, 0]);
    }
  });

  it('sometimes lack a corner of the cloud', () => {
    const lacksCorner = (index: number): boolean => {
      const { cloud } = drawScannedPart({ ...base, size: 64, index });
      return [[0, 0, 1, 1], [0, 63, 1, 62], [63, 0, 62, 1], [63, 63, 62, 62]].some(
        ([y = 0, x = 0, nextY = 0, nextX = 0]) => cloud.get(y, x, 2) + cloud.get(nextY, x, 2) + cloud.get(y, nextX, 2) === 0,
      );
    };
    const corners = Array.from({ length: 60 }, (_, index) => index).filter(lacksCorner).length;
    expect(corners).toBeGreaterThanOrEqual(1);
    expect(corners).toBeLessThan(12);
  });

  it('say what they cannot draw', () => {
    expect(() => drawScannedPart({ ...base, part: 'nut' as 'gear' })).toThrow("expected a part of plate, gear, bottle-cap, got 'nut'");
    expect(() => drawScannedPart({ ...base, defect: 'rust' as 'dent' })).toThrow("expected a defect of stain, print_error");
    expect(() => drawScannedPart({ ...base, size: 63 })).toThrow('expected a size of at least 64 whole pixels, got 63');
  });
});

describe.each(partNames)('defects of a %s', (part) => {
  it.each(partDefectNames)('%s changes what its kind says, and the mask holds it', (defect) => {
    for (let index = 0; index < 4; index++) {
      const [one, two] = [{ ...base, part, index }, { ...base, part, index, defect }];
      const [good, bad] = [drawn(one), drawn(two)];
      const marked = bad.mask.reduce((sum, value) => sum + value, 0);
      expect(marked).toBeGreaterThanOrEqual(0.0003 * size * size);
      expect(marked).toBeLessThan(0.1 * size * size);
      const shows = partDefects[defect];
      if (shows === 'colour') expect(sha256(bad.cloud.data)).toBe(sha256(good.cloud.data));
      if (shows === 'depth') expect(sha256(bad.image.data)).toBe(sha256(good.image.data));

      const [before, after] = [depthOf(one), depthOf(two)];
      let [colourIn, depthIn, outside] = [0, 0, 0];
      for (let i = 0; i < size * size; i++) {
        const level = (c: number): number => Math.abs((good.image.data[i * 3 + c] as number) - (bad.image.data[i * 3 + c] as number));
        const colour = Math.max(level(0), level(1), level(2)) > leastChange.levels + 2; // the noise grows a little with the level
        const [z, w] = [before[i] as number, after[i] as number];
        const depth = z > 0 && w > 0 && Math.abs(z - w) > leastChange.depth * 1.1;
        if (bad.mask[i] === 0 && (colour || depth)) outside++;
        if (bad.mask[i] === 1 && colour) colourIn++;
        if (bad.mask[i] === 1 && depth) depthIn++;
      }
      expect(outside).toBe(0);
      if (shows !== 'depth') expect(colourIn).toBeGreaterThan(0);
      if (shows !== 'colour') expect(depthIn).toBeGreaterThan(0);
    }
  });
});
