import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, uniformTensor } from '@blemish-tools/jest';
import { pyramidLoss } from '@blemish/student';
import { createConstantLoss } from './constant-loss.js';

const shapes = [[2, 3, 4], [1, 2, 3]] as const;
const count = 24 + 6;

/** Gathers some images. */
function constantLoss(images: readonly Float32Array[]): number {
  const loss = createConstantLoss({ shapes });
  for (const image of images) loss.add(image);
  return loss.value();
}

/** The vectors of one level over all images. */
function vectorsOf(images: readonly Float32Array[], level: 0 | 1): number[][] {
  const [h, w, c] = shapes[level];
  const from = level === 0 ? 0 : 24;
  return images.flatMap((image) => Array.from({ length: h * w }, (_, p) => Array.from(image.subarray(from + p * c, from + (p + 1) * c))));
}

const unit = (vector: readonly number[]): number[] => vector.map((value) => value / Math.max(Math.hypot(...vector), 1e-12));

/** The loss of giving the direction `c` everywhere. */
const lossOf = (vectors: readonly number[][], c: readonly number[]): number =>
  vectors.reduce((sum, vector) => sum + unit(vector).reduce((d, value, k) => d + (value - (c[k] as number)) ** 2, 0), 0) / vectors.length;

const meanDirection = (vectors: readonly number[][]): number[] =>
  unit((vectors[0] as number[]).map((_, k) => vectors.reduce((sum, vector) => sum + (unit(vector)[k] as number), 0)));

const someImages = fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 4 }).map((seeds) =>
  seeds.map((seed) => {
    const image = uniformTensor(seed, count, -1, 2);
    if (seed % 2 === 0) image.fill(0, 4, 8); // a position without a direction
    return image;
  }),
);

describe('the loss of a constant student', () => {
  it('is that of the mean direction, by the definition of the loss', () => {
    fc.assert(
      fc.property(someImages, (images) => {
        const expected = ([0, 1] as const).reduce<number>((sum, level) => sum + lossOf(vectorsOf(images, level), meanDirection(vectorsOf(images, level))), 0);
        expect(constantLoss(images)).toBeCloseTo(expected, 9);
      }),
    );
  });

  it('is not reached by another direction', () => {
    fc.assert(
      fc.property(someImages, fc.tuple(...[0, 1, 2, 3].map(() => fc.double({ min: -1, max: 1, noNaN: true }))), ([image], direction) => {
        fc.pre(Math.hypot(...direction) > 1e-3 && Math.hypot(...direction.slice(0, 3)) > 1e-3);
        const images = [image as Float32Array];
        const other = ([0, 1] as const).reduce<number>((sum, level) => sum + lossOf(vectorsOf(images, level), unit(direction.slice(0, shapes[level][2]))), 0);
        expect(constantLoss(images)).toBeLessThanOrEqual(other + 1e-9);
      }),
    );
  });

  it('is 0 where the teacher gives one direction, whatever its length, and where nothing was counted', () => {
    const image = Float32Array.from({ length: count }, (_, i) => (i < 24 ? ((i % 4) + 1) * (1 + Math.floor(i / 4)) : ((i % 3) + 1) * 7));
    expect(constantLoss([image, image])).toBeCloseTo(0, 12);
    expect(constantLoss([])).toBe(0);
  });
});

describeBackends('the loss of a student that gives the mean direction', () => {
  it('is exactly the constant student’s', () => {
    const images = [3, 4, 5].map((seed) => uniformTensor(seed, count, -1, 2));
    const loss = tf.tidy(() => {
      const levels = ([0, 1] as const).map((level) => {
        const vectors = vectorsOf(images, level);
        const [h, w, c] = shapes[level];
        const shape = [images.length, h, w, c] as [number, number, number, number];
        const constant = Array.from({ length: vectors.length }, () => meanDirection(vectors)).flat();
        return [tf.tensor4d(vectors.flat(), shape), tf.tensor4d(constant, shape)] as const;
      });
      return pyramidLoss(levels.map(([teacher]) => teacher), levels.map(([, student]) => student), { half: false }).dataSync()[0];
    });
    expect(loss).toBeCloseTo(constantLoss(images), 5);
  });
});
