import { mulberry32 } from '@blemish-tools/jest';
import fc from 'fast-check';
import { aurocInterval } from './auroc-interval.js';
import { auroc } from './auroc.js';

const area = fc.double({ min: 0, max: 1, noNaN: true });
const count = fc.integer({ min: 1, max: 500 });

describe('aurocInterval', () => {
  it('comes near the standard error of Hanley and McNeil’s example: .032 for an area of .893, 51 abnormal and 58 normal images', () => {
    const { low, high } = aurocInterval(0.893, 51, 58);
    for (const reach of [high - 0.893, 0.893 - low]) expect(Math.abs(reach / 1.96 - 0.032)).toBeLessThan(0.001);
  });

  it('holds the area, lies within 0 and 1, and is the same seen from the other class', () => {
    fc.assert(
      fc.property(area, count, count, (a, positives, negatives) => {
        const { low, high } = aurocInterval(a, positives, negatives);
        expect(0 <= low && low <= a && a <= high && high <= 1).toBe(true);
        const other = aurocInterval(1 - a, negatives, positives);
        expect(other.low).toBeCloseTo(1 - high, 6);
        expect(other.high).toBeCloseTo(1 - low, 6);
      }),
    );
  });

  it('narrows as images are added', () => {
    const width = (images: number): number => aurocInterval(0.8, images, images).high - aurocInterval(0.8, images, images).low;
    expect(width(400) / width(100)).toBeCloseTo(0.5, 1);
    expect(aurocInterval(1, 5, 5)).toEqual({ low: 1, high: 1 });
  });

  it('holds one half for scores without sense, about nineteen times out of twenty', () => {
    const random = mulberry32(7);
    const labels = Array.from({ length: 120 }, (_, i) => (i < 60 ? 1 : 0));
    let held = 0;
    for (let run = 0; run < 1000; run++) {
      const { low, high } = aurocInterval(auroc(labels.map(() => random()), labels), 60, 60);
      if (low <= 0.5 && 0.5 <= high) held++;
    }
    expect(held).toBeGreaterThan(930);
    expect(held).toBeLessThan(970);
  });

  it.each([
    [1.2, 3, 3, 'expected an area from 0 to 1, got 1.2'],
    [NaN, 3, 3, 'got NaN'],
    [0.5, 0, 3, 'expected a whole number of positives above 0, got 0'],
    [0.5, 3, 1.5, 'expected a whole number of negatives above 0, got 1.5'],
  ])('refuses %d of %d and %d', (a, positives, negatives, message) => {
    expect(() => aurocInterval(a, positives, negatives)).toThrow(message);
  });
});
