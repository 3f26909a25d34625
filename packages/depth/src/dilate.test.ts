import fc from 'fast-check';
import ndarray, { type NdArray } from 'ndarray';
import { dilate } from './dilate.js';
import { masks } from './testing/arbitrary-depth.js';
import { strided } from './testing/drawn-part.js';

/** Each marked pixel paints its square. */
function naive({ data, shape }: NdArray<Uint8Array>, size: number): number[] {
  const [height, width] = shape as [number, number];
  const out = new Array<number>(data.length).fill(0);
  const before = Math.floor(size / 2);
  data.forEach((marked, i) => {
    if (marked === 0) return;
    for (let y = Math.floor(i / width) - before, rows = 0; rows < size; rows++, y++)
      for (let x = (i % width) - before, columns = 0; columns < size; columns++, x++)
        if (y >= 0 && y < height && x >= 0 && x < width) out[y * width + x] = 1;
  });
  return out;
}

describe('dilate', () => {
  it('paints a square around each marked pixel, one further up and left where the size is even', () => {
    fc.assert(
      fc.property(masks(), fc.integer({ min: 1, max: 20 }), (mask, size) => {
        expect([...dilate(mask, size).data]).toEqual(naive(mask, size));
        expect(dilate(strided(mask), size)).toEqual(dilate(mask, size));
      }),
    );
  });

  it('covers rows 6 to 13 and columns 7 to 14 from (10, 11) at size 8', () => {
    const mask = ndarray(new Uint8Array(20 * 22), [20, 22]);
    mask.set(10, 11, 1);
    const { data } = dilate(mask, 8);
    const marked = [...data.keys()].filter((i) => data[i] === 1);
    expect([marked.length, marked[0], marked.at(-1)]).toEqual([64, 6 * 22 + 7, 13 * 22 + 14]);
  });

  it.each([0, 2.5, -1, NaN])('refuses the size %p', (size) => {
    expect(() => dilate(ndarray(new Uint8Array(4), [2, 2]), size)).toThrow(`dilate: expected a size in whole pixels above 0, got ${size}`);
  });
});
