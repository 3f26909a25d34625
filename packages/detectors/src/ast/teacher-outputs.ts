import * as tf from '@tensorflow/tfjs-core';
import { hashWeights } from '@blemish/features';
import { paramsToArrays } from '@blemish/layers';
import { batchTensor } from '../batch-tensor.js';
import type { AstSession, AstWeights } from './ast-session.js';

/**
 * The frozen teacher's outputs `[h,w,C]`, each computed once as long as the session's scratch store remembers it; one
 * image at a time, so that their bits do not depend on their neighbours.
 */
export async function openTeacherOutputs(
  { extractor, networks, samples, options, features }: AstSession,
  weights: AstWeights,
): Promise<(index: number) => Promise<Float32Array>> {
  const { teacher, condition } = networks;
  const { scratch = options.store } = options;
  const [h, w, c] = extractor.shape;
  const prefix = `teacher/${await hashWeights(await paramsToArrays(weights.teacher, teacher.specs))}/${extractor.key}`;
  return async (index) => {
    const key = `${prefix}/${await samples.contentKey(index)}`;
    const kept = await scratch.get(key);
    if (kept?.length === h * w * c) return kept;
    const rows = [await features(index)];
    const z = tf.tidy(() => teacher.forward(weights.teacher, batchTensor(rows, extractor.shape), condition).z); // [1,h,w,C]
    try {
      const output = (await z.data()) as Float32Array;
      await scratch.put(key, output);
      return output;
    } finally {
      z.dispose();
    }
  };
}
