import fc from 'fast-check';
import { samePads } from './window.js';

describe('samePads', () => {
  it('gives the odd one to the end', () => {
    expect(samePads(768, 3, 2)).toEqual([0, 1]);
    expect(samePads(48, 5, 2)).toEqual([1, 2]);
    expect(samePads(57, 3, 2)).toEqual([1, 1]);
    expect(samePads(24, 5, 1)).toEqual([2, 2]);
  });

  it('gives ceil(size / stride) outputs, with the fewest zeros, as evenly as can be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.constantFrom(1, 3, 5), fc.constantFrom(1, 2), (size, kernel, stride) => {
        const [before, after] = samePads(size, kernel, stride);
        const outputs = (padded: number): number => Math.floor((padded - kernel) / stride) + 1;
        expect(outputs(size + before + after)).toBe(Math.ceil(size / stride));
        if (before + after > 0) expect(outputs(size + before + after - 1)).toBeLessThan(Math.ceil(size / stride));
        expect([0, 1]).toContain(after - before);
      }),
    );
  });
});
