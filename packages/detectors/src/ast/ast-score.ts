import * as tf from '@tensorflow/tfjs-core';
import ndarray from 'ndarray';
import { upsampleBicubic } from '@blemish/raster';
import { distancePerPosition } from '@blemish/student';
import { batchTensor } from '../batch-tensor.js';
import type { ScoredSample } from '../detector.js';
import type { Size } from '../sample.js';
import type { AstParts, AstWeights } from './ast-session.js';

/** Distance between teacher and student at every position of one feature map `[h,w,C]`, as `[h*w]`. */
export async function astDistance({ config, extractor, networks }: AstParts, weights: AstWeights, features: Float32Array): Promise<Float32Array> {
  const { teacher, student, condition } = networks;
  const distance = tf.tidy(() => {
    const x = batchTensor([features], extractor.shape); // [1,h,w,C]
    const { z } = teacher.forward(weights.teacher, x, condition);
    const { y } = student.apply(weights.student, x, condition, { training: false });
    return distancePerPosition(z, y, { reduction: config.distance }); // [1,h,w]
  });
  try {
    return (await distance.data()) as Float32Array;
  } finally {
    distance.dispose();
  }
}

/**
 * Scores and map from the distances of one image. The scores do not depend on the size of the map: `mean` is the mean
 * distance, `max` the maximum of the distances brought to a fixed size.
 *
 * @param distance `[h*w]`
 * @param mapSize size of the map asked for
 */
export function astScore({ config, extractor }: Pick<AstParts, 'config' | 'extractor'>, id: string, distance: Float32Array, mapSize: Size): ScoredSample {
  const [h, w] = extractor.shape;
  const { reduction, maxSize } = config.score;
  let sum = 0;
  for (const value of distance) sum += value;
  if (!Number.isFinite(sum)) throw new Error(`${id}: its distances are not finite (their sum is ${sum}); the image or the model is damaged`);
  const fixed = upsampleBicubic(distance, [h, w], [maxSize, maxSize]);
  let max = -Infinity;
  for (const value of fixed) max = Math.max(max, value);
  const scores = { mean: sum / distance.length, max };
  const map = ndarray(upsampleBicubic(distance, [h, w], mapSize), [...mapSize]);
  return { id, score: scores[reduction], scores, map };
}
