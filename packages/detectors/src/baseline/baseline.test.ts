import fc from 'fast-check';
import { createMeanDifference } from './mean-difference.js';
import { createNearestNeighbour } from './nearest-neighbour.js';

describe('meanDifference', () => {
  it('is the mean over channels of the distance to the mean image', () => {
    const baseline = createMeanDifference({ channels: 2 });
    baseline.add([0, 0, 4, 4]);
    baseline.add(Uint8Array.of(2, 4, 4, 8));
    expect(baseline.count).toBe(2);
    expect([...baseline.map([1, 0, 10, 6])]).toEqual([1, 3]);
  });
});

describe('nearestNeighbour', () => {
  const images = [[0, 10], [5, 0], [20, 20]];

  it('by pixel takes the nearest good value at that pixel', () => {
    const baseline = createNearestNeighbour({ by: 'pixel' });
    images.forEach((image) => baseline.add(image));
    expect([...baseline.map([6, 9])]).toEqual([1, 1]);
    const two = createNearestNeighbour({ by: 'pixel', neighbours: 2 });
    images.forEach((image) => two.add(image));
    expect([...two.map([6, 9])]).toEqual([3.5, 5]);
  });

  it('by image takes the pixels of the nearest image', () => {
    const baseline = createNearestNeighbour({ by: 'image' });
    images.forEach((image) => baseline.add(image));
    expect([...baseline.map([6, 9])]).toEqual([6, 1]);
  });

  it('is 0 on an image that it was given, and never more than by image', () => {
    const image = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(image, { minLength: 1, maxLength: 8 }), image, fc.integer({ min: 1, max: 4 }), (good, other, neighbours) => {
        const [pixel, whole] = [createNearestNeighbour({ by: 'pixel', channels: 2, neighbours }), createNearestNeighbour({ by: 'image', channels: 2, neighbours })];
        for (const one of good) for (const baseline of [pixel, whole]) baseline.add(one);
        const [least, most] = [pixel.map(other), whole.map(other)];
        least.forEach((value, i) => expect(value).toBeLessThanOrEqual((most[i] as number) + 1e-4));
        if (neighbours === 1) expect([...pixel.map(good[0] as number[])]).toEqual([0, 0, 0]);
      }),
    );
  });
});

it('says what is wrong', () => {
  for (const baseline of [createMeanDifference({ channels: 3 }), createNearestNeighbour({ by: 'pixel', channels: 3 })]) {
    expect(() => baseline.map([1, 2, 3])).toThrow('expected good images to compare with, got none');
    expect(() => baseline.add([1, 2, 3, 4])).toThrow('expected 3 values as in the image before, got 4');
  }
  expect(() => createMeanDifference({ channels: 2 }).add([1])).toThrow('meanDifference: expected 2 values a pixel, got 1 in all');
  expect(() => createMeanDifference({ channels: 0 })).toThrow('expected channels of 1 or more, got 0');
  expect(() => createNearestNeighbour({ by: 'image', neighbours: 0 })).toThrow('expected neighbours of 1 or more, got 0');
});
