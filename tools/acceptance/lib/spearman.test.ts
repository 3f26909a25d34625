import { mean, pearson, spearman } from './spearman.mjs';

describe('spearman', () => {
  it('is 1 for any rising relation and -1 for any falling one', () => {
    expect(spearman([1, 2, 3, 10], [1, 4, 9, 1e6])).toBeCloseTo(1, 14);
    expect(spearman([1, 2, 3, 10], [0, -1, -50, -51])).toBeCloseTo(-1, 14);
  });

  it('agrees with 1 - 6 sum d^2 / (n^3 - n) where there are no ties', () => {
    const a = [3, 1, 4, 1.5, 9, 2.6];
    const b = [2, 7, 1, 8, 2.8, 1.8];
    // ranks 4 1 5 2 6 3 and 3 5 1 6 4 2
    expect(spearman(a, b)).toBeCloseTo(1 - (6 * (1 + 16 + 16 + 16 + 4 + 1)) / (216 - 6), 14);
  });

  it('gives ties their mean rank', () => {
    expect(spearman([1, 2, 2, 3], [10, 20, 30, 40])).toBeCloseTo(pearson([1, 2.5, 2.5, 4], [1, 2, 3, 4]), 14);
  });

  it('refuses sides of different length', () => {
    expect(() => spearman([1, 2], [1, 2, 3])).toThrow('got 2 and 3');
  });
});

describe('pearson', () => {
  it('is 1 for a line', () => expect(pearson([1, 2, 3], [5, 7, 9])).toBeCloseTo(1, 14));
  it('refuses a constant side', () => expect(() => pearson([1, 1], [1, 2])).toThrow('constant'));
  it('refuses one pair', () => expect(() => pearson([1], [1])).toThrow('two or more'));
});

describe('mean', () => {
  it('takes typed arrays', () => expect(mean(Float32Array.of(1, 2, 6))).toBe(3));
});
