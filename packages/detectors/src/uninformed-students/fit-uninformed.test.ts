import fc from 'fast-check';
import { splitOf } from './fit-uninformed.js';

it('divides images in two parts that are never empty', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.nat(1000), fc.integer({ min: 2, max: 60 }), (share, seed, count) => {
      const { train, heldOut } = splitOf({ heldOut: share, seed }, count);
      expect([...train, ...heldOut].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      expect(Math.min(train.length, heldOut.length)).toBeGreaterThan(0);
      expect(Math.abs(heldOut.length - share * count)).toBeLessThanOrEqual(1);
    }),
  );
});

it('needs two images', () => {
  expect(() => splitOf({ heldOut: 0.1, seed: 0 }, 1)).toThrow('fit: expected at least 2 good images, one of them to hold out, got 1');
});
