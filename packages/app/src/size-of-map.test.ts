import ndarray from 'ndarray';
import { sizeOfMap } from './size-of-map.js';

it('is a map’s height and width', () => {
  expect(sizeOfMap(ndarray(new Float32Array(6), [2, 3]))).toEqual([2, 3]);
});

it.each([[[6]], [[1, 2, 3]]])('refuses an array of shape %j', (shape) => {
  expect(() => sizeOfMap(ndarray(new Float32Array(6), shape))).toThrow(`anomaly map: expected a shape of [H,W], got [${shape.join(',')}]`);
});
