import * as fc from 'fast-check';
import { splitOf } from './fit-pyramid.js';

const heldOuts = fc.double({ min: 0.05, max: 0.95, noNaN: true });
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('splitOf', () => {
  it('keeps every image once, and as many out as asked for', () => {
    fc.assert(
      fc.property(heldOuts, seeds, fc.integer({ min: 20, max: 300 }), (heldOut, seed, count) => {
        const split = splitOf({ selection: { heldOut }, seed }, count);
        expect([...split.train, ...split.heldOut].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
        expect(split.heldOut).toHaveLength(Math.round(heldOut * count));
        for (const part of [split.train, split.heldOut]) expect(part).toEqual([...part].sort((a, b) => a - b));
      }),
    );
  });

  it('is a function of the seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const split = (of: number): unknown => splitOf({ selection: { heldOut: 0.5 }, seed: of }, 60).heldOut;
        expect(split(seed)).toEqual(split(seed));
        expect(split(seed)).not.toEqual(split((seed + 1) % 2 ** 32));
      }),
    );
  });

  it('trains on all where the last epoch is kept', () => {
    expect(splitOf({ selection: 'last', seed: 0 }, 3)).toEqual({ train: [0, 1, 2], heldOut: [] });
  });

  it.each([[2, 0.2], [1, 0.5], [4, 0.95], [0, 0.2]])('refuses %d images of which a share of %d cannot be held out', (count, heldOut) => {
    expect(() => splitOf({ selection: { heldOut }, seed: 0 }, count)).toThrow(`fit: expected more good images to hold ${heldOut} of them out, got ${count}`);
  });
});
