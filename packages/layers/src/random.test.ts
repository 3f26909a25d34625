import fc from 'fast-check';
import { createRandom, xoshiro128 } from './random.js';

describe('createRandom', () => {
  it('draws the same stream on every platform', () => {
    const random = createRandom(1);
    expect([random.uint32(), random.uint32(), random.uint32()]).toEqual(PINNED);
    expect([...createRandom(2).permutation(8)]).toEqual(PINNED_ORDER);
  });

  it('runs xoshiro128** 1.1', () => {
    const draw = xoshiro128([1, 2, 3, 4]);
    const reference = bigXoshiro([1n, 2n, 3n, 4n]);
    for (let i = 0; i < 1000; i++) expect(draw()).toBe(reference());
  });

  it('draws uniform values: below the upper end, with the mean and variance of a uniform distribution', () => {
    const values = createRandom(3).uniform(-2, 4, 100_000);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.min(...values.subarray(0, 1000))).toBeGreaterThanOrEqual(-2);
    expect(values.every((value) => value >= -2 && value < 4)).toBe(true);
    expect(mean).toBeCloseTo(1, 1);
    expect(variance).toBeCloseTo(3, 1); // 6² / 12
  });

  it('stays below the upper end where float32 would round up to it', () => {
    // Between 1 and the next float32 there is nothing to draw but 1.
    expect([...createRandom(4).uniform(1, 1 + 2 ** -23, 50)]).toEqual(new Array(50).fill(1));
  });

  it('draws normal values: their first four moments, and as many within one and two deviations as there should be', () => {
    const count = 100_001;
    const values = createRandom(9).normal(3, 2, count);
    const moment = (power: number): number => values.reduce((sum, value) => sum + ((value - 3) / 2) ** power, 0) / count;
    const within = (reach: number): number => values.filter((value) => Math.abs(value - 3) < 2 * reach).length / count;
    expect(values).toHaveLength(count);
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1, 1);
    expect(moment(3)).toBeCloseTo(0, 1);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15); // 5 standard deviations
    expect(within(1)).toBeCloseTo(0.6827, 2);
    expect(within(2)).toBeCloseTo(0.9545, 2);
    expect([...createRandom(9).normal(3, 2, 3)]).toEqual([...values.subarray(0, 3)]);
  });

  it('orders any number of things, each once', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 0, max: 300 }), (seed, count) => {
        expect([...createRandom(seed).permutation(count)].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      }),
    );
  });

  it('orders three things in all six ways, equally often', () => {
    const random = createRandom(5);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.permutation(3).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150); // 5 standard deviations
  });

  it('derives streams that depend on the labels alone, not on what was drawn before', () => {
    const [fresh, used] = [createRandom(6), createRandom(6)];
    used.uniform(0, 1, 10);
    expect(used.derive('epoch').derive(3).uint32()).toBe(fresh.derive('epoch').derive(3).uint32());
    expect(fresh.derive(3).uint32()).toBe(createRandom(6).derive('3').uint32());
  });

  it('derives streams that all differ', () => {
    const root = createRandom(7);
    const firsts = [root, ...Array.from({ length: 2000 }, (_, i) => root.derive(i)), root.derive('a').derive('b'), root.derive('ab'), root.derive('')];
    const seeds = Array.from({ length: 2000 }, (_, seed) => createRandom(seed + 8));
    const draws = [...firsts, ...seeds].map((random) => random.uint32() * 2 ** 21 + (random.uint32() >>> 11));
    expect(new Set(draws).size).toBe(draws.length);
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('rejects the seed %p', (seed) => {
    expect(() => createRandom(seed)).toThrow(`seed: expected an integer from 0 to 2^53 - 1, got ${seed}`);
  });
});

const PINNED = [2778531082, 1260347608, 4236679018];
const PINNED_ORDER = [3, 0, 4, 6, 1, 7, 5, 2];

/** The generator again, in unlimited integers. */
function bigXoshiro(state: bigint[]): () => number {
  const word = (x: bigint): bigint => x & 0xffffffffn;
  const rotate = (x: bigint, by: bigint): bigint => word((x << by) | (x >> (32n - by)));
  return () => {
    let [a, b, c, d] = state as [bigint, bigint, bigint, bigint];
    const result = word(rotate(word(b * 5n), 7n) * 9n);
    const t = word(b << 9n);
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11n);
    state = [a, b, c, d];
    return Number(result);
  };
}
