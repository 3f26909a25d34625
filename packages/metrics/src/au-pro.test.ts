import { auPro } from './au-pro.js';

const curve = { fpr: [0, 0, 0.25, 0.5, 1], pro: [0, 0.2, 0.6, 0.6, 1] };

it('adds trapezoids up to the limit and divides by it', () => {
  expect(auPro(curve, 0.25)).toBeCloseTo(0.4, 15);
  expect(auPro(curve, 0.5)).toBeCloseTo(0.5, 15);
  expect(auPro(curve, 1)).toBeCloseTo(0.65, 15);
});

it('interpolates the curve at a limit between two points', () => {
  expect(auPro(curve, 0.125)).toBeCloseTo((0.2 + 0.4) / 2, 15);
});

it('takes 0.3 when no limit is given', () => {
  expect(auPro(curve)).toBe(auPro(curve, 0.3));
});

it('stops at the foot of a step that stands on the limit', () => {
  expect(auPro({ fpr: [0, 0.5, 0.5, 1], pro: [0, 0.4, 0.9, 1] }, 0.5)).toBeCloseTo(0.2, 15);
});

it.each([0, -0.1, 1.1, NaN])('refuses the limit %d', (limit) => {
  expect(() => auPro(curve, limit)).toThrow(`auPro: limit is an FPR above 0 and up to 1, got ${limit}`);
});

it('refuses a curve that ends before the limit, or whose sides differ', () => {
  expect(() => auPro({ fpr: [0, 0.2], pro: [0, 1] }, 0.3)).toThrow('auPro: the curve ends at FPR 0.2, before the limit 0.3');
  expect(() => auPro({ fpr: [0, 1], pro: [0] })).toThrow('auPro: expected as many PRO values as FPRs, got 2 FPRs and 1 PRO values');
});
