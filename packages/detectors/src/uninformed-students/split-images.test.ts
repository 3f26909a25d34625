import fc from 'fast-check';
import { splitImages } from './split-images.js';

it('divides images in two parts that are never empty', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.nat(1000), fc.integer({ min: 2, max: 60 }), (share, seed, count) => {
      const { train, heldOut } = splitImages(share, seed, count);
      expect([...train, ...heldOut].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      expect(Math.min(train.length, heldOut.length)).toBeGreaterThan(0);
      expect(Math.abs(heldOut.length - share * count)).toBeLessThanOrEqual(1);
      expect(splitImages(share, seed, count)).toEqual({ train, heldOut });
    }),
  );
});

it('divides by the seed', () => {
  expect(splitImages(0.1, 1, 100).heldOut).not.toEqual(splitImages(0.1, 2, 100).heldOut);
});

it('needs two images', () => {
  expect(() => splitImages(0.1, 0, 1)).toThrow('fit: expected at least 2 good images, one of them to hold out, got 1');
});
