import fc from 'fast-check';
import { mersenneTwister } from './mersenne-twister.js';
import { numpyPermutation } from './numpy-permutation.js';

describe('numpyPermutation', () => {
  it('draws what numpy draws', () => {
    expect([...numpyPermutation(0, 10)]).toEqual([2, 8, 4, 9, 1, 6, 7, 3, 0, 5]);
    expect([...numpyPermutation(42, 10)]).toEqual([8, 1, 5, 0, 7, 2, 9, 4, 3, 6]);
  });

  it('runs MT19937: draw 10000 of seed 5489 is the one that the C++ standard names', () => {
    const draw = mersenneTwister(5489);
    for (let i = 1; i < 10_000; i++) draw();
    expect(draw()).toBe(4123659995);
  });

  it('has every number once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.nat(500), (seed, count) => {
        expect([...numpyPermutation(seed, count)].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      }),
    );
  });

  it.each([-1, 1.5, 2 ** 32])('rejects the seed %p', (seed) => {
    expect(() => numpyPermutation(seed, 4)).toThrow(`numpyPermutation: expected a seed from 0 to 2^32 - 1, got ${seed}`);
  });
});
