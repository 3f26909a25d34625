import ndarray from 'ndarray';
import { cleanDepth } from './clean-depth.js';
import { strided } from './testing/drawn-part.js';
import { zOf } from './z-of.js';

describe('cleanDepth', () => {
  it('makes NaN and the infinities 0, keeps the rest, and leaves its argument alone', () => {
    const values = [0.5, NaN, Infinity, -Infinity, 0, -0.25];
    const z = ndarray(Float32Array.from(values), [2, 3]);
    expect([...cleanDepth(z).data]).toEqual([0.5, 0, 0, 0, 0, -0.25]);
    expect([...cleanDepth(strided(z)).data]).toEqual([0.5, 0, 0, 0, 0, -0.25]);
    expect([...z.data]).toEqual(values);
  });
});

describe('zOf', () => {
  it('is the third coordinate, as a view', () => {
    const cloud = ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [1, 2, 3]);
    expect([...cleanDepth(zOf(cloud)).data]).toEqual([3, 6]);
    expect(zOf(cloud).data).toBe(cloud.data);
  });

  it('refuses what is no organised cloud', () => {
    expect(() => zOf(ndarray(new Float32Array(4), [2, 2]))).toThrow('zOf: expected an organised cloud of shape [height, width, 3], got [2, 2]');
    expect(() => zOf(ndarray(new Float32Array(4), [2, 2, 1]))).toThrow('got [2, 2, 1]');
  });
});
