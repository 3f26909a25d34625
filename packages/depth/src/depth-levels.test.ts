import ndarray from 'ndarray';
import { depthLevels } from './depth-levels.js';

const levelsOf = (values: number[], shape: [number, number]): number[] => [...depthLevels(ndarray(Float32Array.from(values), shape)).data];

it('shows near light, far dark and what is missing black', () => {
  expect(levelsOf([0.4, 0.5, 0, 0.6], [2, 2])).toEqual([255, 148, 0, 40]);
  expect(levelsOf([NaN, Infinity, -Infinity, 1], [1, 4])).toEqual([0, 0, 0, 40]);
});

it('shows a flat map in one level and an empty one black', () => {
  expect(new Set(levelsOf(new Array(12).fill(0.5), [3, 4]))).toEqual(new Set([40]));
  expect(levelsOf([0, 0], [1, 2])).toEqual([0, 0]);
});

it('reads views in any order', () => {
  const z = ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]).transpose(1, 0);
  expect(depthLevels(z).shape).toEqual([3, 2, 1]);
  expect([...depthLevels(z).data]).toEqual([255, 126, 212, 83, 169, 40]);
});

it('does not let one stray point flatten the rest', () => {
  const values = Array.from({ length: 400 }, (_, i) => 0.5 + (i % 2) * 0.01);
  values[7] = 30;
  const levels = new Set(levelsOf(values, [20, 20]));
  expect([...levels].sort((a, b) => a - b)).toEqual([40, 255]);
});
