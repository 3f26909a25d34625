import { mulberry32 } from '@blemish-tools/jest';
import fc from 'fast-check';
import { aurocByChance } from './auroc-by-chance.js';
import { auroc } from './auroc.js';

const count = fc.integer({ min: 1, max: 500 });

/** Share of all ways to deal labels to so many ranked images whose AUROC lies above a bound. */
function shareAbove(bound: number, positives: number, negatives: number): number {
  const images = positives + negatives;
  const ranks = Array.from({ length: images }, (_, rank) => rank);
  let [ways, above] = [0, 0];
  for (let dealt = 0; dealt < 2 ** images; dealt++) {
    const labels = ranks.map((rank) => (dealt >> rank) & 1);
    if (labels.reduce((sum, label) => sum + label, 0) !== positives) continue;
    ways++;
    if (auroc(ranks, labels) > bound) above++;
  }
  return above / ways;
}

describe('aurocByChance', () => {
  it('is one half and 1.96 standard deviations', () => {
    expect(aurocByChance(8, 4)).toBeCloseTo(0.5 + 1.96 * Math.sqrt(13 / 384), 4);
    expect(aurocByChance(800, 400)).toBeCloseTo(0.5 + 1.96 * Math.sqrt(1201 / 3_840_000), 4);
  });

  it('lies above one half, at 1 for too few images to tell, lower for more, and is the same seen from the other class', () => {
    for (const [positives, negatives] of [[1, 1], [2, 2], [1, 500]] as const) expect(aurocByChance(positives, negatives)).toBe(1); // prettier-ignore
    fc.assert(
      fc.property(count, count, (positives, negatives) => {
        const bound = aurocByChance(positives, negatives);
        expect(bound).toBeGreaterThan(0.5);
        expect(bound).toBeLessThanOrEqual(1);
        expect(aurocByChance(negatives, positives)).toBe(bound);
        expect(aurocByChance(positives + 1, negatives)).toBeLessThanOrEqual(bound);
      }),
    );
  });

  it('is passed by chance one time in twenty at most, counted over all orders of few images', () => {
    for (let positives = 1; positives <= 5; positives++) {
      for (let negatives = 1; negatives <= 5; negatives++) {
        expect(shareAbove(aurocByChance(positives, negatives), positives, negatives)).toBeLessThanOrEqual(0.05);
      }
    }
  });

  it('is passed by chance about one time in forty for many', () => {
    const random = mulberry32(7);
    const labels = Array.from({ length: 120 }, (_, i) => (i < 60 ? 1 : 0));
    const bound = aurocByChance(60, 60);
    let above = 0;
    for (let run = 0; run < 1000; run++) if (auroc(labels.map(() => random()), labels) > bound) above++;
    expect(above).toBeGreaterThan(12);
    expect(above).toBeLessThan(40);
  });

  it.each([
    [0, 3, 'expected a whole number of positives above 0, got 0'],
    [3, 1.5, 'expected a whole number of negatives above 0, got 1.5'],
    [NaN, 3, 'got NaN'],
  ])('refuses %d and %d', (positives, negatives, message) => {
    expect(() => aurocByChance(positives, negatives)).toThrow(message);
  });
});
