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

const wideMasks = fc.integer({ min: 1, max: 4 }).chain((height) =>
  fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.boolean()), { minLength: 6, maxLength: 20 }).map((runs) => {
    const pixels = runs.flatMap(([length, inside]) => new Array<number>(length).fill(inside ? 1 : 0));
    const width = Math.ceil(pixels.length / height);
    return { shape: [height, width] as const, mask: Uint8Array.from({ length: height * width }, (_, i) => pixels[i] ?? 0) };
  }),
);

it.each([4, 8] as const)('labels regions as a slow spreading of labels does, connectivity %i', (connectivity) => {
  fc.assert(
    fc.property(fc.oneof(masks, wideMasks), ({ mask, shape }) => {
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

it('labels a mask of a million pixels without recursion', () => {
  const { count, sizes } = connectedComponents(new Uint8Array(1 << 20).fill(1), [1024, 1024]);
  expect([count, sizes[0]]).toEqual([1, 1 << 20]);
});

it('refuses a mask of another size', () => {
  expect(() => connectedComponents([0, 1, 0], [2, 2])).toThrow('connectedComponents: expected 2 x 2 mask values, got 3');
});

it('joins regions that meet only further down, and numbers them by their first pixel', () => {
  const mask = [1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 0, 1];
  expect([...connectedComponents(mask, [3, 5], 4).labels]).toEqual([1, 0, 1, 0, 2, 1, 0, 1, 0, 2, 1, 1, 1, 0, 2]);
});
