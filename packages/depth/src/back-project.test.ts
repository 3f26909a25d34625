import { uniformTensor } from '@blemish-tools/jest';
import ndarray from 'ndarray';
import { backProject } from './back-project.js';
import { resizeDepth } from './resize-depth.js';

const cloud = ndarray(uniformTensor(1, 6 * 8 * 3, 0.1, 1), [6, 8, 3]);
cloud.set(0, 0, 2, 0);
cloud.set(5, 7, 2, NaN);
cloud.set(2, 3, 2, Infinity);
const missing = [0, 47, 19];

describe('backProject', () => {
  it('gives each point the score of its pixel, 0 where it is missing', () => {
    const map = ndarray(uniformTensor(2, 48, 1, 2), [6, 8]);
    expect([...backProject(map, cloud)]).toEqual([...map.data].map((score, i) => (missing.includes(i) ? 0 : score)));
  });

  it('reads a map of another size bilinearly', () => {
    const map = ndarray(uniformTensor(2, 6, 1, 2), [3, 2]);
    const fitted = resizeDepth(map, [6, 8]).data;
    expect([...backProject(map, cloud)]).toEqual([...fitted].map((score, i) => (missing.includes(i) ? 0 : score)));
  });

  it('says where the map is not a number, and what is no cloud', () => {
    const map = ndarray(Float32Array.of(0, 1, 2, NaN, 4, 5), [3, 2]);
    expect(() => backProject(map, cloud)).toThrow('backProject: the map holds NaN at [1, 1]');
    expect(() => backProject(map, map)).toThrow('expected an organised cloud of shape [height, width, 3], got [3, 2]');
  });
});
