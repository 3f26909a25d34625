import fc from 'fast-check';
import { naturalOrder } from './natural-order.js';

describe('naturalOrder', () => {
  it('counts as people do', () => {
    const sorted = ['a', 'a/1.png', 'a/2.png', 'a/10.png', 'a1/0.png', 'part 9.png', 'part 10.png', 'part 10b.png', 'part 010.png'];
    const shuffled = [...sorted].sort((x, y) => (x < y ? 1 : -1));
    expect(shuffled.sort(naturalOrder)).toEqual(['a', 'a/1.png', 'a/2.png', 'a/10.png', 'a1/0.png', 'part 9.png', 'part 010.png', 'part 10.png', 'part 10b.png']);
    expect(naturalOrder('12345678901234567890.png', '12345678901234567891.png')).toBeLessThan(0);
  });

  it('is a total order: antisymmetric, transitive, 0 only for equal names', () => {
    const name = fc.stringMatching(/^[a-b0-1/.]{0,6}$/);
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(naturalOrder(a, b)) + Math.sign(naturalOrder(b, a))).toBe(0);
        expect(naturalOrder(a, b) === 0).toBe(a === b);
        if (naturalOrder(a, b) < 0 && naturalOrder(b, c) < 0) expect(naturalOrder(a, c)).toBeLessThan(0);
      }),
      { numRuns: 2000 },
    );
  });
});
