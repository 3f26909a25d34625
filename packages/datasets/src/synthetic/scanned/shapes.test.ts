import fc from 'fast-check';
import { fraction, inBox, ramp, turnOf, wave } from './shapes.js';

describe('shapes', () => {
  it('find a direction as an arctangent does, without one', () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: -50, max: 50, noNaN: true }), (u, v) => {
        fc.pre(Math.hypot(u, v) > 1e-6);
        const turn = turnOf(u, v);
        const expected = fraction(Math.atan2(v, u) / (2 * Math.PI));
        const off = Math.abs(turn - expected);
        expect(turn).toBeGreaterThanOrEqual(0);
        expect(turn).toBeLessThan(1);
        expect(Math.min(off, 1 - off)).toBeLessThan(3e-6);
      }),
    );
    expect(turnOf(0, 0)).toBe(0);
  });

  it('rise from 0 to 1', () => {
    expect([-1, 0, 0.5, 1, 2].map(ramp)).toEqual([0, 0, 0.5, 1, 1]);
    expect([-1, 0.25, 0.5, 3.75].map(wave)).toEqual([0, 0.5, 1, 0.5]);
  });

  it('measure how deep a point lies in a box', () => {
    expect(inBox(0, 0, 5, 3, 1)).toBe(3);
    expect(inBox(5, 0, 5, 3, 1)).toBe(0);
    expect(inBox(5, 3, 5, 3, 1)).toBeCloseTo(1 - Math.SQRT2, 12);
  });
});
