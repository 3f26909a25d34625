import fc from 'fast-check';
import { connectedComponents } from './connected-components.js';
import { naiveComponents } from './testing/naive.js';

const masks = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
  .chain(([height, width]) =>
    fc.record({
      shape: fc.constant([height, width] as const),
      mask: fc.uint8Array({ min: 0, max: 1, minLength: height * width, maxLength: height * width }),
    }),
  );

it.each([4, 8] as const)('labels regions as a slow spreading of labels does, connectivity %i', (connectivity) => {
  fc.assert(
    fc.property(masks, ({ mask, shape }) => {
      const { labels, count, sizes } = connectedComponents(mask, shape, connectivity);
      const expected = naiveComponents(mask, shape, connectivity);
      expect([...labels]).toEqual(expected);
      expect(count).toBe(Math.max(0, ...expected));
      expect([...sizes]).toEqual(Array.from({ length: count }, (_, n) => expected.filter((label) => label === n + 1).length));
    }),
  );
});

it('does not join the end of a row with the start of the next', () => {
  expect(connectedComponents([0, 0, 1, 1, 0, 0], [2, 3], 4).count).toBe(2);
  expect(connectedComponents([0, 0, 0, 1, 1, 0, 0, 0], [2, 4], 8).count).toBe(2);
});

it('floods a mask of a million pixels without recursion', () => {
  const { count, sizes } = connectedComponents(new Uint8Array(1 << 20).fill(1), [1024, 1024]);
  expect([count, sizes[0]]).toEqual([1, 1 << 20]);
});

it('refuses a mask of another size', () => {
  expect(() => connectedComponents([0, 1, 0], [2, 2])).toThrow('connectedComponents: expected 2 x 2 mask values, got 3');
});
