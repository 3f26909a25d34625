import { uniformTensor } from '@blemish-tools/jest';
import { createRunningMoments } from './running-moments.js';

/** In two passes over all vectors. */
function twoPasses(values: Float32Array, channels: number): { mean: number[]; deviation: number[] } {
  const columns = Array.from({ length: channels }, (_, c) => Array.from(values).filter((__, i) => i % channels === c));
  const mean = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const deviation = columns.map((column, c) => Math.sqrt(column.reduce((sum, value) => sum + (value - (mean[c] as number)) ** 2, 0) / column.length));
  return { mean, deviation };
}

it.each([
  ['around zero', 0],
  ['far from zero, where sums of squares would lose the deviation', 1000],
])('are those of two passes, values %s', (_, offset) => {
  const values = uniformTensor(3, 3 * 500, offset - 1, offset + 1);
  const moments = createRunningMoments(3);
  for (const [from, to] of [[0, 3], [3, 600], [600, 600], [600, 1500]] as const) moments.add(values.subarray(from, to));
  const [found, expected] = [moments.result(), twoPasses(values, 3)];
  for (let c = 0; c < 3; c++) {
    expect(found.mean[c]).toBe(Math.fround(expected.mean[c] as number));
    expect(Math.abs((found.deviation[c] as number) / (expected.deviation[c] as number) - 1)).toBeLessThan(1e-7);
  }
});

it('can be divided by where a channel is constant, or nothing came', () => {
  const moments = createRunningMoments(2);
  expect([...moments.result().deviation]).toEqual([Math.fround(1e-8), Math.fround(1e-8)]);
  moments.add(Float32Array.of(5, 1, 5, 2, 5, 3));
  const { mean, deviation } = moments.result();
  expect([...mean]).toEqual([5, 2]);
  expect(deviation[0]).toBeCloseTo(6e-8, 12);
  expect(deviation[1]).toBeCloseTo(Math.sqrt(2 / 3), 6);
});
