import fc from 'fast-check';
import ndarray, { type NdArray } from 'ndarray';
import { fillHoles } from './fill-holes.js';
import { masks } from './testing/arbitrary-depth.js';
import { strided } from './testing/drawn-part.js';

/** Spreads "outside" from the border until nothing changes. */
function naive({ data, shape }: NdArray<Uint8Array>): number[] {
  const [height, width] = shape as [number, number];
  const outside = new Set<number>();
  for (let grown = true; grown; ) {
    grown = false;
    for (let i = 0; i < data.length; i++) {
      const [y, x] = [Math.floor(i / width), i % width];
      const border = y === 0 || x === 0 || y === height - 1 || x === width - 1;
      const joined = [x > 0 && i - 1, x < width - 1 && i + 1, i - width, i + width].some((j) => j !== false && outside.has(j));
      if (data[i] !== 0 || outside.has(i) || !(border || joined)) continue;
      outside.add(i);
      grown = true;
    }
  }
  return Array.from(data, (_, i) => (outside.has(i) ? 0 : 1));
}

describe('fillHoles', () => {
  it('marks what no path over edges joins to the border', () => {
    fc.assert(fc.property(masks(), (mask) => expect([...fillHoles(mask).data]).toEqual(naive(mask))));
  });

  it('closes a ring whose links only touch at corners', () => {
    const ring = ndarray(Uint8Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0), [3, 3]);
    expect([...fillHoles(ring).data]).toEqual([0, 1, 0, 1, 1, 1, 0, 1, 0]);
  });

  it('changes nothing the second time, reads strided masks, and takes a million pixels without recursion', () => {
    fc.assert(fc.property(masks(), (mask) => expect(fillHoles(fillHoles(mask))).toEqual(fillHoles(mask))));
    fc.assert(fc.property(masks(), (mask) => expect(fillHoles(strided(mask))).toEqual(fillHoles(mask))));
    expect(fillHoles(ndarray(new Uint8Array(2 ** 20), [1024, 1024])).data.includes(1)).toBe(false);
  });
});
