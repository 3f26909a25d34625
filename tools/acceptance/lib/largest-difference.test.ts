import { largestDifference } from './largest-difference.mjs';

describe('largestDifference', () => {
  it('finds the largest', () => expect(largestDifference(Float32Array.of(1, -2, 3), [1, 2, 3.5])).toBe(4));
  it('does not pass over NaN', () => expect(largestDifference([NaN, 1], [0, 0])).toBeNaN());
  it('refuses sides of different length', () => expect(() => largestDifference([1], [1, 2])).toThrow('got 1 and 2'));
});
