import fc from 'fast-check';
import { splitImages } from './split-images.js';

it('keeps every image once, in order, and as many out as asked for', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(1000), fc.nat(60), (a, seed, b) => {
      const [kept, count] = [Math.min(a, b), Math.max(a, b)];
      const { train, heldOut } = splitImages(kept, seed, count);
      expect(heldOut).toHaveLength(kept);
      expect([...train, ...heldOut].sort((x, y) => x - y)).toEqual(Array.from({ length: count }, (_, i) => i));
      for (const part of [train, heldOut]) expect(part).toEqual([...part].sort((x, y) => x - y));
      expect(splitImages(kept, seed, count)).toEqual({ train, heldOut });
    }),
  );
});

it('divides by the seed', () => {
  expect(splitImages(10, 1, 100).heldOut).not.toEqual(splitImages(10, 2, 100).heldOut);
});

it('draws as it always did, so that a run keeps its bits', () => {
  expect(splitImages(3, 0, 12).heldOut).toEqual([1, 4, 9]);
});
